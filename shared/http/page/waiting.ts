import * as z from "zod";
import { worthGivingBack } from "../../page/typed-again.ts";
import { waitingPage } from "../../page/waiting-page.ts";
import type { ProofNeeded } from "../../traffic/load.ts";
import { statusOf } from "../problem.ts";
import { page, type Reply } from "../reply.ts";
import { type FormValues, valueOf } from "./form.ts";
import type { Frame, Visit } from "./visit.ts";

const sealName = "waiting";
/** Longer than anybody waits, and shorter than a browser lies about on a shared desk. */
const keptSeconds = 20 * 60;

/** What a form of the waiting page holds, sealed: a receipt may be among it. */
const kept = z.strictObject({
  address: z.string(),
  until: z.int(),
  values: z.record(z.string(), z.union([z.string(), z.array(z.string())])),
});

/** What a form means: what was typed, also where it comes from the waiting page. */
export async function typedIn(
  frame: Pick<Frame, "seal" | "now">,
  values: FormValues,
  address: string,
): Promise<FormValues> {
  const { isian, tiket, ...rest } = values;
  if (typeof isian !== "string" || isian === "") return rest;
  const opened = kept.safeParse(await frame.seal.open(isian, sealName)).data;
  if (!opened || opened.address !== address || opened.until * 1000 < frame.now().getTime()) return rest;
  return opened.values;
}

/** Lets somebody wait whose form came in a flood. Everything that they typed is in the answer. */
export async function askedToWait(
  frame: Pick<Frame, "files" | "seal" | "waiting" | "now">,
  needed: ProofNeeded,
  { visit, sent, typed }: { visit: Visit; sent: FormValues; typed: FormValues },
): Promise<Reply> {
  const { language, address, network } = visit;
  const at = frame.now();
  const brought = valueOf(sent, "tiket") || undefined;
  const place = await frame.waiting.placeOf(needed, { network, brought, at });
  const { proof: _, ...values } = typed;
  const until = Math.floor(at.getTime() / 1000) + keptSeconds;
  return page(
    waitingPage({
      language,
      address,
      files: frame.files,
      why: needed.said.why[language],
      state: needed.said.state[language],
      ...place,
      isAgain: brought !== undefined,
      isEarly: place.ticket !== undefined && place.ticket === brought,
      sealed: await frame.seal.seal({ address, until, values }, sealName),
      typed: worthGivingBack(values),
      challenges: needed.challenges,
    }),
    statusOf("proof-needed"),
  );
}
