import { free, unknown, unpriced, used } from "../../cost/charges";
import type { PriceKey } from "../../cost/price";
import type { Charge, PriceRule } from "../../cost/rule";
import { block, type Inventory, type ResourceView } from "../../facts/inventory";
import { settingsOf } from "../../facts/values";

/** A price of GitHub: the same everywhere. */
export function price(service: string, sku: string, unit: string): PriceKey {
  return { service, sku, unit, region: "global" };
}

/** The allowance of minutes that every account has. */
export const MINUTES = "Actions minutes";

/** Linux with two cores, which `ubuntu-latest` is. */
export const LINUX_MINUTE = price("Actions", "linux (2-core x64)", "minute");

/** A repository costs nothing; its workflows do when it is not public, and so does what scans it. */
export const priceRepository: PriceRule = (repository, inventory) => {
  const { attributes } = repository;
  const visibility = attributes.visibility ?? (attributes.private === true ? "private" : "public");
  if (visibility === "public") return [free("public repositories, their workflows on standard runners and their scans are not charged")];
  return [...minutesOf(repository, inventory), ...scansOf(repository)];
};

function minutesOf(repository: ResourceView, inventory: Inventory): readonly Charge[] {
  const permissions = settingsOf("github_actions_repository_permissions", "repository", repository, "name", inventory);
  if (permissions.some(({ attributes }) => attributes.enabled === false)) return [free("no workflows run in it")];
  return [{ ...used("minutes of workflows", LINUX_MINUTE, "workflowMinutes"), allowance: MINUTES }];
}

/** Advanced Security, and the scans that are sold apart from it, are charged by who commits. */
function scansOf({ attributes }: ResourceView): readonly Charge[] {
  const analysis = block(attributes.security_and_analysis);
  const bought = ["advanced_security", "code_security", "secret_scanning"].filter((name) => block(analysis[name]).status === "enabled");
  if (bought.length === 0) return [];
  return [unpriced("scans of repositories that are not public are charged by active committer, and not in the book", "security scans")];
}

/** A person in an organization, or one who may write to its private repositories. */
export const priceSeat: PriceRule = () => [
  unknown("a seat costs what the plan of the organization says (Team 4, Enterprise Cloud 21 USD a month, Free nothing)", "seat"),
];
