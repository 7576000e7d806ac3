import { randomUUID } from "node:crypto";
import { roadAnswer as text, roads, sampleOfficers } from "../fakes/sample-officers.ts";
import type { Counters, Database } from "./database.ts";
import { unitsUsed, type Usage } from "./meter.ts";
import { signedReport } from "./reports.ts";
import { table } from "./table.ts";

const { national, city, liaison, unit, head, observer } = sampleOfficers;

/** A long life of one case, with every move at least once: what it is, the subject who makes it, the route, the body. */
const life: [what: string, by: string, path: string, body: object][] = [
  ["Verify, and assign to the agency named", city, "verification", { title: "Jalan berlubang di pasar" }],
  ["Assign to a unit", liaison, "assignment", { agencyId: roads, note: text }],
  ["Ask the reporter", city, "question", { text }],
  ["Reporter replies", "reporter", "replies", { text }],
  ["Note progress", unit, "progress", { text }],
  ["Note internally", unit, "notes", { text }],
  ["Return to the level above", unit, "return", { reason: text }],
  ["Answer", unit, "answer", { text }],
  ["Reporter disputes", "reporter", "replies", { text }],
  ["Answer again", unit, "answer", { text: `${text} Dua kali.` }],
  ["Reporter rates 2 of 5: reopened", "reporter", "confirmation", { stars: 2, comment: text }],
  ["Answer of the head", head, "answer", { text: `${text} Kini selesai.` }],
  ["Reporter rates 5 of 5: closed", "reporter", "confirmation", { stars: 5 }],
  ["Reporter appeals", "reporter", "appeal", { text }],
  ["Reporter agrees to a referral", "reporter", "referral-consent", {}],
  ["Refer to the Ombudsman", observer, "referral", { text }],
  ["Archive", national, "archival", { reason: "private-matter", text }],
  ["Restore", national, "restoration", { text }],
  ["Reporter withdraws", "reporter", "withdrawal", { text }],
];

/** What every move asks of DynamoDB: of a function that remembers the directory, and of one that has just started. */
export async function movesCost({ fresh, meter, ahead }: Database): Promise<string> {
  const live = async (counters: () => Counters): Promise<Usage[]> => {
    const headers = { "idempotency-key": randomUUID() };
    const opened = await counters().citizen("POST", "/v1/cases", { headers, body: signedReport });
    const receipt = { authorization: `Receipt ${opened.receipt}` };
    const used: Usage[] = [];
    for (const [, by, path, body] of life) {
      // Past the completion limit, before which nothing goes to the Ombudsman.
      if (path === "referral") ahead(60);
      const { reporter, officer } = counters();
      const number = opened.trackingNumber as string;
      const { usage } = await meter.during(() =>
        by === "reporter"
          ? reporter("POST", `/v1/cases/${number}/${path}`, { headers: receipt, body })
          : officer("POST", `/v1/officer/cases/${number}/${path}`, { subject: by, body }),
      );
      used.push(usage);
    }
    ahead(0);
    return used;
  };

  const remembering = fresh();
  await live(() => remembering);
  const warm = await live(() => remembering);
  const cold = await live(fresh);
  const columns = (usage: Usage | undefined) =>
    usage ? [usage.requests, usage.expected, unitsUsed(usage)].map(String) : [];
  return table(
    ["Move", "Requests", "Units by AWS's rules", "Units here", "Cold: requests", "AWS's rules", "Here"],
    life.map(([what], index) => [what, ...columns(warm[index]), ...columns(cold[index])]),
  );
}
