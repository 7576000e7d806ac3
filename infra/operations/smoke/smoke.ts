/**
 * npm run smoke -- URL
 *
 * Asks a site from outside, as citizens, officers and their programs do, and says what is broken, what that means, and where the
 * runbook goes on. It makes no report, signs nobody in and mails nobody. It needs no AWS credentials.
 *
 * It exits with 0 if everything is well, and with 1 if a check is red.
 */
import { parseArgs } from "node:util";
import { orUsage, runCommand } from "../../../shared/platform/command.ts";
import { linesOf, lookAt } from "./checks.ts";
import { siteAt } from "./site.ts";

const usage = 'Usage: npm run smoke -- URL, such as "$(npm run -s where -- SiteUrl --stage staging)"';

async function main(): Promise<void> {
  const origin = orUsage(usage, () => {
    const [address, ...others] = parseArgs({ allowPositionals: true }).positionals;
    if (address === undefined || others.length > 0) throw new Error("Name one site.");
    const { origin, protocol } = new URL(address);
    if (protocol !== "https:" && protocol !== "http:") throw new Error(`${address} is no site.`);
    return origin;
  });
  const looked = await lookAt(siteAt(origin));
  for (const one of looked) console.log(linesOf(one));
  const red = looked.filter(({ wrong }) => wrong.length > 0);
  console.log(`${origin}: ${looked.length - red.length} of ${looked.length} checks are well.`);
  if (red.length > 0) process.exitCode = 1;
}

await runCommand(main);
