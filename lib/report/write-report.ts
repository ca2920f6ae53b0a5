import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { mermaidDiagram } from "./diagram";
import { reportHtml, type ReportOptions } from "./html";
import type { Manifest } from "./manifest";
import { reportMarkdown } from "./markdown";
import { reportSarif, type SarifOptions } from "./sarif";
import { writeFileAtomically } from "../files/write-file-atomically";

/** Where the files of a report are. */
export interface WrittenReport {
  readonly html: string;
  readonly markdown: string;
  readonly sarif: string;
  readonly diagram: string;
}

/** Writes `report.html`, `report.md`, `report.sarif` and `diagram.mmd`, each in one step, and says where. */
export function writeReport(directory: string, manifests: readonly Manifest[], options: ReportOptions & SarifOptions = {}): WrittenReport {
  const texts = {
    "report.html": reportHtml(manifests, options),
    "report.md": reportMarkdown(manifests, options),
    "report.sarif": `${JSON.stringify(reportSarif(manifests, options), undefined, 2)}\n`,
    "diagram.mmd": mermaidDiagram(manifests),
  };
  mkdirSync(directory, { recursive: true });
  for (const [name, text] of Object.entries(texts)) writeFileAtomically(join(directory, name), text);
  const file = (name: keyof typeof texts) => join(directory, name);
  return { html: file("report.html"), markdown: file("report.md"), sarif: file("report.sarif"), diagram: file("diagram.mmd") };
}
