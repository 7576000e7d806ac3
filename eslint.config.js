import eslint from "@eslint/js";
import simpleImportSort from "eslint-plugin-simple-import-sort";
import tseslint from "typescript-eslint";

export default tseslint.config(
  { ignores: ["cdk.out/", ".local/", "node_modules/"] },
  eslint.configs.recommended,
  tseslint.configs.recommendedTypeChecked,
  {
    languageOptions: {
      parserOptions: { projectService: { allowDefaultProject: ["*.js", "infra/local/*.mjs"] } },
    },
    plugins: { "simple-import-sort": simpleImportSort },
    rules: {
      // One block: what has to run first, Node's own modules, packages, then our own files from far to near.
      "simple-import-sort/imports": [
        "error",
        { groups: [["^\\u0000", "^node:", "^@?\\w", "^\\.\\./", "^\\./"]] },
      ],
      "@typescript-eslint/no-unused-vars": [
        "error",
        { argsIgnorePattern: "^_", varsIgnorePattern: "^_", ignoreRestSiblings: true },
      ],
      "@typescript-eslint/consistent-type-imports": ["error", { disallowTypeAnnotations: false }],
      // A type alone loads nothing: `import { type X }` would still load its file.
      "@typescript-eslint/no-import-type-side-effects": "error",
      // Fakes and interfaces answer with promises because the real thing has to wait.
      "@typescript-eslint/require-await": "off",
      // Our stores and rules are closures: they have no `this` to lose.
      "@typescript-eslint/unbound-method": "off",
      "@typescript-eslint/restrict-template-expressions": "off",
      // Invisible characters are what some of our patterns look for.
      "no-control-regex": "off",
    },
  },
  {
    // Tests, the local run and the comparison of releases look at answers and templates as clients and CloudFormation do: untyped.
    files: ["test/**", "infra/local/**", "infra/release/**"],
    rules: {
      "@typescript-eslint/no-unsafe-assignment": "off",
      "@typescript-eslint/no-unsafe-member-access": "off",
      "@typescript-eslint/no-unsafe-argument": "off",
      "@typescript-eslint/no-unsafe-return": "off",
      "@typescript-eslint/no-unsafe-call": "off",
      "@typescript-eslint/no-base-to-string": "off",
      "@typescript-eslint/restrict-plus-operands": "off",
    },
  },
  {
    // These read answers of every route and pages in a browser, and name in an assertion what has to be there.
    files: ["test/{unit,integration,e2e,pages}/**"],
    rules: { "@typescript-eslint/no-explicit-any": "off" },
  },
  {
    files: ["**/*.js", "**/*.mjs"],
    extends: [tseslint.configs.disableTypeChecked],
    languageOptions: { globals: { process: "readonly", console: "readonly" } },
  },
);
