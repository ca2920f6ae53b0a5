const engine = process.env.ENGINE ?? "cdktf";

/** Engine switch: the same suite runs on the archived engine and on its community continuation. */
const engineMapping = engine === "cdktf" ? {} : { "^cdktf$": engine, "^cdktf/(.*)$": `${engine}/$1` };

/** @type {import("jest").Config} */
module.exports = {
  testEnvironment: "node",
  roots: ["<rootDir>/test"],
  testMatch: ["**/*.test.ts"],
  testPathIgnorePatterns: ["/node_modules/", "<rootDir>/test/real/"],
  // What a file imports is loaded when it is first used: most tests need a few of the resources that the construct files import.
  transform: {
    "^.+\\.ts$": ["@swc/jest", { jsc: { target: "es2022", parser: { syntax: "typescript" } }, module: { type: "commonjs", lazy: true } }],
  },
  moduleNameMapper: {
    ...engineMapping,
    "^archiver$": "<rootDir>/test/no-archiver.js",
    "^cdktf-governed-agents$": "<rootDir>/lib/index.ts",
    "^cdktf-governed-agents/(oci/bindings/.*)$": "<rootDir>/lib/$1/index.js",
    "^cdktf-governed-agents/(.*)$": "<rootDir>/lib/$1/index.ts",
  },
  setupFiles: ["<rootDir>/test/setup.ts", "<rootDir>/test/no-terraform.ts"],
  maxWorkers: "100%",
  workerIdleMemoryLimit: "1GB",
};
