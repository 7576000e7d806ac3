import { execFile } from "node:child_process";
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { type Browser, chromium } from "playwright-core";
import manifest from "../../package.json" with { type: "json" };

/** Exactly this version is installed. */
const version = manifest.devDependencies["@sparticuz/chromium"];

/** Each version has a folder of its own, so nobody starts the browser of another one. */
const folder = join(tmpdir(), `sp4n-lapor-browser-${version}`);

/** Adds the package's fonts to those of the machine, which may have none. */
const fonts = `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <include ignore_missing="yes">/etc/fonts/fonts.conf</include>
  <dir>${join(folder, "fonts", "fonts")}</dir>
  <cachedir>${join(folder, "fonts-cache")}</cachedir>
</fontconfig>
`;

/**
 * Unpacks the browser of npm, once for all runs on a machine. It appears under its name when it is whole, so an unpacking
 * that was cut leaves nothing that looks like a browser.
 */
export async function unpackBrowser(): Promise<void> {
  if (existsSync(folder)) return;
  const fresh = `${folder}.${process.pid}`;
  mkdirSync(fresh, { recursive: true });
  // The package unpacks into the temporary folder of its process, and its libraries only where it believes to be in a Lambda.
  const env = { ...process.env, TMPDIR: fresh, AWS_EXECUTION_ENV: "AWS_Lambda_nodejs24.x" };
  const unpacking = 'import chromium from "@sparticuz/chromium"; await chromium.executablePath();';
  await promisify(execFile)(process.execPath, ["--input-type=module", "--eval", unpacking], { env });
  writeFileSync(join(fresh, "fonts.conf"), fonts);
  try {
    renameSync(fresh, folder);
  } catch (error) {
    rmSync(fresh, { recursive: true });
    if (!existsSync(folder)) throw error; // otherwise another run was faster
  }
}

/** Starts a browser. The machine needs nothing for it: fonts and libraries that it lacks come with the package. */
export async function launchBrowser(): Promise<Browser> {
  await unpackBrowser();
  const start = (more: Record<string, string>) =>
    chromium.launch({
      executablePath: join(folder, "chromium"),
      args: ["--no-sandbox", "--disable-gpu"],
      env: { ...process.env, FONTCONFIG_FILE: join(folder, "fonts.conf"), ...more },
    });
  try {
    return await start({});
  } catch (error) {
    if (!String(error).includes("shared libraries")) throw error;
    return start({ LD_LIBRARY_PATH: join(folder, "al2023", "lib") });
  }
}
