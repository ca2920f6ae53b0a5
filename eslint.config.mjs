import tseslint from "typescript-eslint";

const providerRoots = ["aws", "digitalocean", "cloudflare", "github", "oci"].map((name) => ({
  name: `@cdktf/provider-${name}`,
  message: "Import one resource, such as @cdktf/provider-aws/lib/vpc: the package root costs seconds and hundreds of MB.",
}));

export default tseslint.config(
  { ignores: ["dist/", "cdktf.out/", "node_modules/", "coverage/", ".real/", "examples/**/cdktf.out/", "lib/oci/bindings/"] },
  ...tseslint.configs.recommended,
  {
    files: ["**/*.ts"],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      "@typescript-eslint/no-floating-promises": "error",
      "@typescript-eslint/member-ordering": ["error", { default: ["static-field", "static-method", "field", "constructor", "method"] }],
      "@typescript-eslint/consistent-type-imports": "error",
      "no-restricted-imports": ["error", { paths: providerRoots }],
      "max-lines": ["error", { max: 300, skipBlankLines: true, skipComments: true }],
      "max-lines-per-function": ["error", { max: 40, skipBlankLines: true, skipComments: true }],
    },
  },
  { files: ["test/**/*.ts", "bench/**/*.ts"], rules: { "max-lines-per-function": "off" } },
  {
    // What is loaded late on purpose, so that importing a construct stays cheap.
    files: ["lib/*/provider.ts", "lib/runtime/cloud-init.ts", "lib/cloudflare/agent-service/worker-script.ts"],
    rules: { "@typescript-eslint/no-require-imports": "off" },
  },
  {
    // One line for each rule of the library, twice: the list grows with them, and there is nothing to take apart.
    files: ["lib/policy/rules/index.ts"],
    rules: { "max-lines": "off" },
  },
  { files: ["**/*.js", "**/*.mjs", "**/*.cjs"], rules: { "@typescript-eslint/no-require-imports": "off" } },
);
