import { join } from "node:path";
import { unpriced } from "../../cost/charges";
import { lazyBook } from "../../cost/read-book";
import type { PriceRule, ProviderPrices } from "../../cost/rule";
import { priceFile } from "./agents";
import { FREE } from "./free";
import { MINUTES, priceRepository, priceSeat } from "./repositories";

const gap =
  (detail: string, meter: string): PriceRule =>
  () => [unpriced(detail, meter)];

const SEATS_OF_GROUPS = gap("everyone in the group takes a seat, and who is in it is not in Terraform", "seats");

const RULES: Readonly<Record<string, PriceRule>> = {
  github_actions_hosted_runner: gap("larger runners are charged by the minute of their size, busy or not included", "larger runners"),
  github_emu_group_mapping: SEATS_OF_GROUPS,
  github_enterprise_security_analysis_settings: gap("scans are charged by active committer, and not in the book", "security scans"),
  github_membership: priceSeat,
  github_repository: priceRepository,
  github_repository_collaborator: priceSeat,
  github_repository_collaborators: priceSeat,
  github_repository_file: priceFile,
  github_team_sync_group_mapping: SEATS_OF_GROUPS,
};

/** How GitHub charges. The book is read when the first estimate is made. Storage of artifacts and packages has no row in it. */
export const githubPrices: ProviderPrices = {
  book: lazyBook(join(__dirname, "../../cost/book/github.json")),
  rules: RULES,
  free: FREE,
  regionOf: () => "global",
  allowances: {
    [MINUTES]: {
      quantity: 2000,
      scope: "account",
      source:
        "https://docs.github.com/en/billing/concepts/product-billing/github-actions, 2026: Free; Pro and Team 3,000, Enterprise 50,000",
    },
  },
  notCovered: [
    "taxes and negotiated prices",
    "seats of people who are not in the Terraform",
    "workflows on Windows, macOS and larger runners",
    "storage of artifacts, caches, packages and large files beyond what the plan holds",
    "Copilot, Codespaces and models",
  ],
};
