import { cpSync, globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { AssetHashType, DockerImage } from "aws-cdk-lib";
import { Code } from "aws-cdk-lib/aws-lambda";
import { type BuildOptions, buildSync } from "esbuild";
import { staticFiles } from "./static-files.ts";

const project = fileURLToPath(new URL("../../", import.meta.url));
const encryptionSdk = "@aws-crypto/client-node";

const settings = {
  absWorkingDir: project,
  bundle: true,
  platform: "node",
  target: "node24",
  format: "esm",
  // The ESM builds of the AWS SDK load faster than its CommonJS builds. The SDK comes from our lock file, not from the runtime.
  mainFields: ["module", "main"],
  // Minified code loads no faster, and a log would name its functions and lines only with source maps, which load slower.
  minify: false,
  // Each makes a cold start shorter (docs/decisions/0007).
  alias: {
    "@aws-sdk/credential-provider-node": "./infra/bundling/credentials.ts",
    "node:http": "./infra/bundling/http.ts",
    "detect-libc": "./infra/bundling/libc.ts",
  },
  banner: {
    js: "import { createRequire as requireFrom } from 'node:module'; const require = requireFrom(import.meta.url);",
  },
  outExtension: { ".js": ".mjs" },
  logLevel: "warning",
} satisfies BuildOptions;

const settingsOfFunctions = {
  ...settings,
  external: [encryptionSdk],
  // Packages written for CommonJS ask where they stand.
  define: { __dirname: "import.meta.dirname", __filename: "import.meta.filename" },
} satisfies BuildOptions;

/** Bundles the entries in one pass. Shared packages are read once, and every bundle is complete in itself. */
function inOnePass(entries: string[], options: BuildOptions): Map<string, Uint8Array> {
  const folder = mkdtempSync(join(tmpdir(), "sp4n-lapor-bundles-"));
  try {
    const entryPoints = entries.map((entry, index) => ({ in: entry, out: String(index) }));
    buildSync({ ...options, entryPoints, outdir: folder });
    return new Map(entries.map((entry, index) => [entry, readFileSync(join(folder, `${index}.mjs`))]));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const bundles = new Map<string, Uint8Array>();

/** Stacks ask for one function after another, so the first that is asked for brings all of them along. */
function bundleOf(entry: string): Uint8Array {
  if (!bundles.has(entry)) {
    const functions = globSync("functions/{*/handler,jobs/*}.ts", { cwd: project });
    const entries = functions.includes(entry) ? functions : [entry];
    for (const [name, code] of inOnePass(entries, settingsOfFunctions)) bundles.set(name, code);
  }
  return bundles.get(entry) ?? new Uint8Array();
}

const sdkEntry = "infra/bundling/encryption-sdk.ts";
let sdk: Uint8Array | undefined;
const bundleOfSdk = () => (sdk ??= inOnePass([sdkEntry], settings).get(sdkEntry) ?? new Uint8Array());

const write = (file: string, content: Uint8Array | string) => {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, content);
};

/** Writes the static files, and the list of them with their headers. */
function writeStaticFiles(folder: string) {
  const { files } = staticFiles();
  for (const { address, content } of files) write(join(folder, address), content);
  write(
    join(folder, "list.json"),
    JSON.stringify(files.map(({ address, headers }) => ({ address, headers }))),
  );
}

export interface Beside {
  /** Whether the Encryption SDK stands beside the bundle, as a package that a function imports when it first needs it. */
  encryptionSdk?: boolean;
  /** Packages that cannot be bundled, and those that they need. They lie beside the bundle as they are. */
  packages?: string[];
  /** Whether the static files of the pages lie beside the bundle, each at its address below `static/`. */
  staticFiles?: boolean;
}

/**
 * The code of a function, whose handler is `index.handler`. Its hash follows from the content alone, so an unchanged function is not
 * deployed again. A process bundles at most once, and only if a stack is synthesised with its code.
 */
export const bundledCode = (
  entry: string,
  { encryptionSdk: withSdk, packages = [], staticFiles: withFiles }: Beside,
): Code =>
  Code.fromAsset(project, {
    assetHashType: AssetHashType.OUTPUT,
    bundling: {
      // CDK knows a bundling by its command for Docker, and would reuse the first bundle for all. Docker itself is not called.
      image: DockerImage.fromRegistry("none"),
      command: [entry],
      local: {
        tryBundle(folder) {
          write(join(folder, "index.mjs"), bundleOf(entry));
          if (withSdk) {
            const sdkFolder = join(folder, "node_modules", encryptionSdk);
            write(join(sdkFolder, "index.mjs"), bundleOfSdk());
            write(join(sdkFolder, "package.json"), `{"exports":"./index.mjs"}\n`);
          }
          if (withFiles) writeStaticFiles(join(folder, "static"));
          for (const name of packages)
            cpSync(join(project, "node_modules", name), join(folder, "node_modules", name), {
              recursive: true,
            });
          return true;
        },
      },
    },
  });
