/**
 * npm run smoke -- URL [--with-report]
 *
 * Asks a site from outside, as citizens, officers and their programs do, and says what is broken, what that means, and where the
 * runbook goes on. It makes no report, signs nobody in and mails nobody. It needs no AWS credentials.
 *
 * With `--with-report` it also sends a report that says that it is a test, reads it back by its receipt, and withdraws it. It does so
 * nowhere where the site is that of a stage for production.
 *
 * It exits with 0 if everything is well, and with 1 if a check is red.
 */
import { parseArgs } from "node:util";
import { Mistake, orUsage, runCommand } from "../../../shared/platform/command.ts";
import { stages } from "../../config.ts";
import { linesOf, lookAt, silence } from "./checks.ts";
import { siteAt } from "./site.ts";

const usage =
  'Usage: npm run smoke -- URL [--with-report], with a URL such as "$(npm run -s where -- SiteUrl --stage staging)"';

/** Whether a stage for production has its site there, as far as the configuration says. */
const takesRealReports = (origin: string): boolean =>
  Object.values(stages).some(
    ({ production, siteUrl }) => production && siteUrl !== undefined && new URL(siteUrl).origin === origin,
  );

async function main(): Promise<void> {
  const { origin, withReport } = orUsage(usage, () => {
    const { positionals, values } = parseArgs({
      allowPositionals: true,
      options: { "with-report": { type: "boolean", default: false } },
    });
    const [address, ...others] = positionals;
    if (address === undefined || others.length > 0) throw new Mistake("Name one site.");
    const url = URL.parse(address);
    if (url?.protocol !== "https:" && url?.protocol !== "http:")
      throw new Mistake(`"${address}" is no address of a site: it begins with https://.`);
    return { origin: url.origin, withReport: values["with-report"] };
  });
  if (withReport && takesRealReports(origin))
    throw new Mistake(
      `${origin} is production, where a test report would count as one. Leave --with-report out.`,
    );
  const site = siteAt(origin);
  const why = await silence(site);
  if (why !== undefined)
    throw new Mistake(
      `${origin} does not answer at all (${why}): look whether the address is right and this machine is online, and if it does not answer elsewhere either, read docs/runbook.md#public-api.`,
    );
  const looked = await lookAt(site, { withReport });
  for (const one of looked) console.log(linesOf(one));
  const red = looked.filter(({ wrong }) => wrong.length > 0);
  console.log(`${origin}: ${looked.length - red.length} of ${looked.length} checks are well.`);
  if (red.length > 0) process.exitCode = 1;
}

await runCommand(main);
