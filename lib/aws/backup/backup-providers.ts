import type { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { TerraformProvider } from "cdktf";
import type { BackupScheduleProps } from "../../spec/backup-schedule";
import { isToken, type Check } from "../../spec/check";

interface WithCopyProviders {
  readonly copyProviders?: readonly AwsProvider[];
}

/** The regions of the providers that are fit to copy to. */
export function copyRegions(providers: unknown): readonly string[] {
  return Array.isArray(providers) ? providers.flatMap((provider) => tryRegionOf(provider) ?? []) : [];
}

/** Checks that every provider is one of AWS with alias and literal region, once a region, and is copied to. */
export function checkCopyProviders(check: Check<WithCopyProviders>, schedules: unknown): void {
  const providers = check.list<AwsProvider>("copyProviders", "a list of AwsProvider", []);
  providers.forEach((provider, index) => {
    if (tryRegionOf(provider) === undefined) {
      check.issue(`copyProviders.${index}`, shown(provider), "an AwsProvider with an alias and a literal region");
    }
  });
  const regions = copyRegions(providers);
  for (const region of new Set(regions.filter((name, index) => regions.indexOf(name) !== index))) {
    check.issue("copyProviders", region, "one provider for a region", "remove the second one");
  }
  const used = copiedTo(schedules);
  for (const region of new Set(regions)) {
    if (!used.has(region))
      check.issue("copyProviders", region, "a region that a schedule copies to", "add it to copyTo, or remove the provider");
  }
}

function tryRegionOf(provider: unknown): string | undefined {
  if (!TerraformProvider.isTerraformProvider(provider) || provider.terraformResourceType !== "aws") return undefined;
  const { alias, region } = provider as AwsProvider;
  return alias === undefined || region === undefined || isToken(region) ? undefined : region;
}

function shown(provider: unknown): unknown {
  if (!TerraformProvider.isTerraformProvider(provider)) return provider;
  const { alias, region } = provider as AwsProvider;
  return `${provider.terraformResourceType} provider ${provider.node.path}, alias ${alias ?? "none"}, region ${isToken(region) ? "known only after apply" : (region ?? "none")}`;
}

function copiedTo(schedules: unknown): ReadonlySet<string> {
  const all = typeof schedules === "object" && schedules !== null ? (Object.values(schedules) as (BackupScheduleProps | undefined)[]) : [];
  return new Set(all.flatMap((schedule) => (Array.isArray(schedule?.copyTo) ? schedule.copyTo : [])).map((copy) => copy?.region));
}
