import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { extname, join, parse } from "node:path";
import { fileURLToPath } from "node:url";
import { type BuildOptions, buildSync } from "esbuild";

const sources = fileURLToPath(new URL("../../shared/page/files/", import.meta.url));

/** A file that browsers get as it is. No function is asked for it. */
export interface StaticFile {
  /** Its path on the site. */
  address: string;
  /** The headers that it has wherever it is served. */
  headers: { "content-type": string; "cache-control": string };
  content: Uint8Array;
}

export interface StaticFiles {
  /** By the name that pages know: "style.css" -> "/aset/style-0123456789.css". */
  addresses: Readonly<Record<string, string>>;
  files: readonly StaticFile[];
  /** It changes with any of them. */
  version: string;
}

const types: Readonly<Record<string, string>> = {
  ".css": "text/css; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".webmanifest": "application/manifest+json",
};

/** Its address names its content, so nobody has to ask again. */
const forEver = "public, max-age=31536000, immutable";
/** Its address stays, so whoever has it asks each time whether there is a newer one. */
const askedAgain = "no-cache";

const settings = {
  absWorkingDir: sources,
  bundle: true,
  write: false,
  minify: true,
  platform: "browser",
  format: "esm",
  // What phones of 2019 run.
  target: ["chrome80", "safari13", "firefox78"],
  // Safari 13 destructures. esbuild avoids it there for the sake of a bug that only odd default values meet.
  supported: { destructuring: true },
  // A picture inside a style comes with it: one request less on a slow line.
  loader: { ".svg": "dataurl", ".png": "dataurl" },
  tsconfigRaw: {},
  logLevel: "warning",
} satisfies BuildOptions;

const built = (source: string, more: BuildOptions = {}): Uint8Array => {
  const { outputFiles: [output] = [] } = buildSync({ ...settings, ...more, entryPoints: [source] });
  if (!output) throw new Error(`esbuild made nothing of ${source}.`);
  return output.contents;
};

const hashOf = (content: Uint8Array | string): string =>
  createHash("sha256").update(content).digest("hex").slice(0, 10);

/** The content of a source as browsers get it, and the name that pages know it by. */
function made(source: string): { name: string; content: Uint8Array } {
  const { name, ext } = parse(source);
  if (ext === ".ts") return { name: `${name}.js`, content: built(source) };
  return { name: source, content: ext === ".css" ? built(source) : readFileSync(join(sources, source)) };
}

/** The service worker keeps its address, and is told the version of all other files. */
const serviceWorker = "sw.ts";

/** What people see when no function answers. It keeps its address, which CloudFront knows, and names the others by theirs. */
const outagePage = "gangguan.html";

function fileAt(address: string, content: Uint8Array, cacheControl: string): StaticFile {
  const type = types[extname(address)];
  if (!type) throw new Error(`${address}: infra/bundling/static-files.ts knows no type for this file.`);
  return { address, content, headers: { "content-type": type, "cache-control": cacheControl } };
}

/** A page whose links name static files as they are called in the source: "/aset/style.css" -> "/aset/style-0123456789.css". */
const naming = (addresses: StaticFiles["addresses"], page: string): string =>
  page.replace(/"\/aset\/([^"]+)"/g, (_, name: string) => {
    const address = addresses[name];
    if (!address) throw new Error(`${outagePage} names a static file that there is not: ${name}`);
    return `"${address}"`;
  });

function build(): StaticFiles {
  const found = readdirSync(sources, { withFileTypes: true })
    .flatMap((entry) => (entry.isFile() ? [entry.name] : []))
    .filter((name) => !name.endsWith(".json") && name !== serviceWorker && name !== outagePage)
    .map(made);
  const files = found.map(({ name, content }) => {
    const { name: stem, ext } = parse(name);
    return fileAt(`/aset/${stem}-${hashOf(content)}${ext}`, content, forEver);
  });
  const list = files.map(({ address }) => address).sort();
  const worker = built(serviceWorker, {
    // A service worker is no module in browsers of 2019.
    format: "iife",
    define: { STATIC_FILE_VERSION: JSON.stringify(hashOf(list.join())) },
  });
  const addresses = Object.fromEntries(found.map(({ name }, at) => [name, files[at]?.address ?? ""]));
  const outage = naming(addresses, readFileSync(join(sources, outagePage), "utf8"));
  return {
    addresses,
    files: [
      ...files,
      fileAt(`/aset/${outagePage}`, Buffer.from(outage), askedAgain),
      fileAt("/sw.js", worker, askedAgain),
    ],
    version: hashOf(`${list.join()} ${hashOf(outage)} ${hashOf(worker)}`),
  };
}

let remembered: StaticFiles | undefined;

/** Makes the static files of the pages from shared/page/files. A process makes them once. */
export const staticFiles = (): StaticFiles => (remembered ??= build());
