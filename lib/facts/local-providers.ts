import { providerName } from "./inventory";

/** Providers of Terraform's own that create nothing anywhere. */
const LOCAL_PROVIDERS: ReadonlySet<string> = new Set(["archive", "cloudinit", "local", "null", "random", "terraform", "time", "tls"]);

/** Whether a resource is kept by Terraform alone: nobody charges for it, and there is nothing that could carry labels. */
export function isLocal(resourceType: string): boolean {
  return LOCAL_PROVIDERS.has(providerName(resourceType));
}
