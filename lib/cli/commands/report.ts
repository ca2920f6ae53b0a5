import { InputError } from "../../files/input-error";
import type { Manifest } from "../../report/manifest";
import { writeReport } from "../../report/write-report";
import { EXIT, type ExitCode } from "../exit-code";
import type { ReportCommandOptions } from "../program";
import { stacksIn, tryManifest } from "../stack-folder";
import { printJson, progress, type Terminal } from "../terminal";

/** Writes the report of the governed stacks of a folder. */
export function report(folder: string, { output, stack, previous, title, json }: ReportCommandOptions, terminal: Terminal): ExitCode {
  const manifests = manifestsIn(folder, stack);
  const before = previous === undefined ? undefined : manifestsIn(previous, stack);
  if (json) {
    printJson(terminal, manifests);
    return EXIT.ok;
  }
  progress(terminal, `writing the report of ${manifests.map((manifest) => manifest.stack).join(", ")}`);
  const { html, markdown, sarif, diagram } = writeReport(output, manifests, {
    ...(title === undefined ? {} : { title }),
    previous: before,
  });
  terminal.out([`report    ${html}`, `markdown  ${markdown}`, `sarif     ${sarif}`, `diagram   ${diagram}`].join("\n"));
  return EXIT.ok;
}

function manifestsIn(folder: string, stack?: string): readonly Manifest[] {
  const manifests = stacksIn(folder, stack).flatMap((one) => tryManifest(one) ?? []);
  if (manifests.length > 0) return manifests;
  throw new InputError(folder, "no governed stack", "stacks with a governance.json", "call govern on the stack and run cdktf synth again");
}
