import { randomUUID } from "node:crypto";
import { until } from "../../deploy/ministack.ts";
import { road } from "../../e2e/office.ts";
import type { EveryPage, Way } from "../every-page.ts";

/** A browser asks like a form that sends JSON: the answer is shown as a page. */
async function showAnswer({ page, site, visitor, language }: Way, report: object) {
  const address = `${site.url}/v1/cases`;
  await page.route(address, (route) =>
    route.continue({
      method: "POST",
      headers: {
        ...route.request().headers(),
        "content-type": "application/json",
        "accept-language": language,
        "idempotency-key": randomUUID(),
      },
      postData: JSON.stringify(report),
    }),
  );
  await visitor.open(address);
}

/** Finds the link that stops mails in the mail that somebody with an address gets. */
async function unsubscribeLink({ site }: Pick<Way, "site">): Promise<string> {
  const email = `warga-${randomUUID()}@contoh.example`;
  await site.send({ ...road, reporter: { name: "Warga Contoh", email, mailReceipt: true } });
  return until("No mail to the reporter had a link that stops mails", 20, async () => {
    const mine = (await site.mailbox()).filter(({ destination }) => destination.to.includes(email));
    return /\/v1\/unsubscribe\/[\w-]+/.exec(JSON.stringify(mine))?.[0];
  });
}

/** Documents that the API itself gives to browsers. */
export const rows: EveryPage[] = [
  {
    name: "The sheet of a receipt, as the API answers a report",
    at: { walk: (way) => showAnswer(way, road) },
    status: 201,
    audience: "private",
    oneAddress: true,
    noSkipLink: true,
  },
  {
    name: "The page that asks whether mails shall stop",
    at: unsubscribeLink,
    audience: "private",
    oneAddress: true,
    noSkipLink: true,
  },
  {
    name: "The page after mails were stopped",
    at: {
      async walk(way) {
        await way.visitor.open(await unsubscribeLink(way));
        await way.page.getByRole("button").click();
      },
    },
    audience: "private",
    oneAddress: true,
    noSkipLink: true,
  },
];
