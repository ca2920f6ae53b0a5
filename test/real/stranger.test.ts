import * as fs from "node:fs";
import * as path from "node:path";
import { ROOT } from "./support/paths";
import { expectSuccess } from "./support/run";
import { StrangerProject, TYPE_CHECKS } from "./support/stranger";
import { findTerraform, withMirroredVersions } from "./support/terraform";
import type { TerraformJson } from "./support/terraform-json";
import { notChecked } from "./support/tools";

const STACK = path.join("stacks", "research-agents", "cdk.tf.json");

describe("a stranger's project", () => {
  const project = new StrangerProject();
  const read = (outdir: string) => fs.readFileSync(path.join(project.folder, outdir, STACK), "utf8");
  beforeAll(() => project.install());
  afterAll(() => project.remove());

  test.each(TYPE_CHECKS)("type-checks with module resolution $resolution", async (check) => {
    expectSuccess(await project.compile(check));
  });

  test("synthesizes the same from CommonJS and from an ES module", async () => {
    const [, commonJs, esModule] = TYPE_CHECKS;
    expectSuccess(await project.compile(commonJs!));
    expectSuccess(await project.compile(esModule!));
    expectSuccess(await project.run(process.execPath, ["main.js"], { CDKTF_OUTDIR: "out-cjs" }));
    expectSuccess(await project.run(process.execPath, ["module.mjs"], { CDKTF_OUTDIR: "out-esm" }));
    expect(read("out-esm")).toBe(read("out-cjs"));
  });

  test("synthesizes with the bindings of the package, from CommonJS and from an ES module", async () => {
    for (const [program, outdir] of [
      ["oci.js", "oci-cjs"],
      ["oci.mjs", "oci-esm"],
    ] as const) {
      expectSuccess(await project.run(process.execPath, [program], { CDKTF_OUTDIR: outdir }));
      const json = fs.readFileSync(path.join(project.folder, outdir, "stacks", "oci", "cdk.tf.json"), "utf8");
      expect(json).toContain('"oci_core_vcn"');
    }
  });

  test("cdktf synth works", async () => {
    project.write(
      "cdktf.json",
      JSON.stringify({ language: "typescript", app: "node main.js", projectId: "stranger", sendCrashReports: "false" }),
    );
    const cli = path.join(ROOT, "node_modules", ".bin", "cdktf");
    expectSuccess(await project.run(cli, ["synth"], { CI: "1", CHECKPOINT_DISABLE: "1" }));
    expect(read("cdktf.out")).toBe(read("out-cjs"));
  });

  const terraform = findTerraform();
  if (typeof terraform === "string") return notChecked(`a stranger's stack: ${terraform}`);
  test("terraform accepts the stack", async () => {
    const json = JSON.parse(read("cdktf.out")) as TerraformJson;
    project.write("cdk.tf.json", JSON.stringify(withMirroredVersions(json, terraform.mirror)));
    expectSuccess(await project.run(terraform.program, ["init", "-backend=false", "-input=false"], terraform.env));
    expectSuccess(await project.run(terraform.program, ["validate"], terraform.env));
  });
});
