import type { AgentServiceLimits } from "../../spec/agent-service";

/** Whether a copy shares its CPUs with other customers. */
export type AppCpu = "shared" | "dedicated";

interface AppSize {
  readonly cpu: AppCpu;
  readonly vcpu: number;
  readonly memoryMiB: number;
  /** Set for sizes of the basic tier, which run one copy and no more. */
  readonly single?: true;
}

/**
 * Instance sizes of App Platform by slug; apps-s-1vcpu-1gb-fixed is left out, because it is apps-s-1vcpu-1gb for one copy only.
 * Source: https://github.com/digitalocean/openapi (apps/responses/examples.yml, instance_sizes), read 2026-11-21.
 */
export const APP_SIZES: Readonly<Record<string, AppSize>> = {
  "apps-s-1vcpu-0.5gb": { cpu: "shared", vcpu: 1, memoryMiB: 512, single: true },
  "apps-s-1vcpu-1gb": { cpu: "shared", vcpu: 1, memoryMiB: 1024 },
  "apps-s-1vcpu-2gb": { cpu: "shared", vcpu: 1, memoryMiB: 2048 },
  "apps-s-2vcpu-4gb": { cpu: "shared", vcpu: 2, memoryMiB: 4096 },
  "apps-d-1vcpu-0.5gb": { cpu: "dedicated", vcpu: 1, memoryMiB: 512 },
  "apps-d-1vcpu-1gb": { cpu: "dedicated", vcpu: 1, memoryMiB: 1024 },
  "apps-d-1vcpu-2gb": { cpu: "dedicated", vcpu: 1, memoryMiB: 2048 },
  "apps-d-1vcpu-4gb": { cpu: "dedicated", vcpu: 1, memoryMiB: 4096 },
  "apps-d-2vcpu-4gb": { cpu: "dedicated", vcpu: 2, memoryMiB: 4096 },
  "apps-d-2vcpu-8gb": { cpu: "dedicated", vcpu: 2, memoryMiB: 8192 },
  "apps-d-4vcpu-8gb": { cpu: "dedicated", vcpu: 4, memoryMiB: 8192 },
  "apps-d-4vcpu-16gb": { cpu: "dedicated", vcpu: 4, memoryMiB: 16384 },
  "apps-d-8vcpu-32gb": { cpu: "dedicated", vcpu: 8, memoryMiB: 32768 },
};

/** The regions of App Platform, by that of the network. Source: the same file (regions), and Sydney from the control panel's list; read 2026-11-21. */
export const APP_REGIONS: Readonly<Record<string, string>> = {
  ams3: "ams",
  blr1: "blr",
  fra1: "fra",
  lon1: "lon",
  nyc1: "nyc",
  nyc3: "nyc",
  sfo3: "sfo",
  sgp1: "sgp",
  syd1: "syd",
  tor1: "tor",
};

/**
 * Images as App Platform takes them: one of three registries, written out, and a tag or a digest. The registry of an account at DigitalOcean
 * has no name in an app, so it has none here.
 * Source: digitalocean_app (image) in the provider's documentation and its registry types, read 2026-11-21.
 */
export const APP_IMAGE =
  /^(?:(ghcr\.io|docker\.io)\/([a-z0-9._-]+)\/([a-z0-9._/-]+)|(registry\.digitalocean\.com)\/([a-z0-9._-]+))(?::([\w][\w.-]{0,127})|@(sha256:[a-f0-9]{64}))?$/;

/** References to secrets: Terraform's, or what App Platform has encrypted already; App Platform has no store for them. */
export const APP_SECRET = {
  pattern: /^EV\[1:[A-Za-z0-9+/=]+:[A-Za-z0-9+/=]+\]$/,
  want: 'a sensitive Terraform variable or attribute, or what App Platform shows as encrypted value, "EV[1:...:...]"',
};

/** Source: https://docs.digitalocean.com/products/app-platform/how-to/scale-app/, read 2026-11-21. */
const MAX_COPIES = 250;

/** The slug of a size; undefined when App Platform has none like it. */
export function slugOf(cpu: AppCpu, vcpu: number, memoryMiB: number): string | undefined {
  return Object.keys(APP_SIZES).find((slug) => {
    const size = APP_SIZES[slug] as AppSize;
    return size.cpu === cpu && size.vcpu === vcpu && size.memoryMiB === memoryMiB;
  });
}

/** What App Platform allows for a kind of CPUs and the size that is asked for. */
export function appLimits(cpu: AppCpu, slug: string | undefined): AgentServiceLimits {
  const single = slug !== undefined && APP_SIZES[slug]?.single === true;
  return {
    shapes: shapesOf(cpu),
    shapeSource: `App Platform sizes with ${cpu} CPUs`,
    sizes: APP_NAMED_SIZES,
    replicas: single
      ? { max: 1, source: `App Platform's basic tier runs one copy of ${slug}; the next size has no such limit`, scales: "between" }
      : { max: MAX_COPIES, source: "App Platform limit of containers", scales: "between" },
    architectures: ["amd64"],
    registry: {
      pattern: APP_IMAGE,
      want: '"ghcr.io/<owner>/<repository>", "docker.io/<owner>/<repository>" or "registry.digitalocean.com/<repository>" with a tag or a digest, not both',
      fix: "App Platform pulls from these registries only",
    },
    secret: APP_SECRET,
    secretValue: APP_SECRET,
  };
}

/** The smallest copy has a whole CPU. */
export const APP_NAMED_SIZES = {
  small: { vcpu: 1, memoryMiB: 1024 },
  medium: { vcpu: 1, memoryMiB: 2048 },
  large: { vcpu: 2, memoryMiB: 4096 },
} as const;

function shapesOf(cpu: AppCpu): { readonly vcpu: number; readonly memoryMiB: readonly number[] }[] {
  const sizes = Object.values(APP_SIZES).filter((size) => size.cpu === cpu);
  return [...new Set(sizes.map(({ vcpu }) => vcpu))].map((vcpu) => ({
    vcpu,
    memoryMiB: sizes.filter((size) => size.vcpu === vcpu).map(({ memoryMiB }) => memoryMiB),
  }));
}
