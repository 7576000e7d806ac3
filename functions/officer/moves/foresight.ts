import { join } from "../../../shared/case/moves/joining/joining.ts";
import { asOfficer, foreseeMove, type Foreseen } from "../../../shared/case/moves/move-flow.ts";
import type { Officer } from "../../../shared/directory/directory.ts";
import type { Language } from "../../../shared/language.ts";
import { isDiscreet } from "../../../shared/notification/mails/discretion.ts";
import { foreseenMail } from "../../../shared/notification/mails/foreseen-flow.ts";
import { agencyOf } from "../../../shared/notification/recipients/recipients.ts";
import { effectsOfMove } from "../../../shared/page/officer/moves/effects.ts";
import type { MovePage } from "../../../shared/page/officer/moves/page.ts";
import type { FormMove } from "../../../shared/page/officer/moves/table.ts";
import { Refusal } from "../../../shared/refusal.ts";
import type { Desk, MoveEndpoint } from "../desk.ts";

interface Asked {
  move: FormMove;
  endpoint: MoveEndpoint;
  post: Officer;
  trackingNumber: string;
  /** The form chooses an agency, and none is chosen yet. */
  isOpen?: boolean;
  typed: unknown;
  otherwise: Record<string, unknown>;
}

/** The join to a case of which nothing matters but that it is there. Which one it will be is typed later. */
async function joinToSome(desk: Desk, { post, trackingNumber }: Asked): Promise<Foreseen> {
  const approach = await asOfficer(desk, await desk.cases.get(trackingNumber), post);
  const { joinedTo: _, ...found } = approach.found;
  const original = { ...found, trackingNumber: "00000-00000", status: "assigned" as const };
  return foreseeMove(desk, approach, "join", (on) =>
    join(on.found, { trackingNumber: original.trackingNumber }, { ...on.act, original }),
  );
}

/** What a move would do with what was typed, or else with anything that can be said. Undefined where too little is known yet. */
async function foreseen(desk: Desk, asked: Asked): Promise<Foreseen | undefined> {
  const { move, endpoint, post, trackingNumber, typed, otherwise } = asked;
  const ways = [
    () => endpoint.foresee(post, trackingNumber, typed, otherwise),
    () => endpoint.foresee(post, trackingNumber, undefined, otherwise),
    ...(move === "join" ? [() => joinToSome(desk, asked)] : []),
  ];
  for (const way of ways)
    try {
      return await way();
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
    }
  return undefined;
}

/** What the agency afterwards depends on, where none is chosen yet. Verifying needs none. */
const choiceOf = (move: FormMove): "open" | "may-change" => (move === "verify" ? "may-change" : "open");

/** What a move would do to the clocks of a case, and the mail that its reporter would get, for its page. */
export async function foresightOf(
  desk: Desk,
  asked: Asked,
  language: Language,
): Promise<Pick<MovePage, "effects" | "mail" | "isDiscreet">> {
  const { directory, frame } = desk;
  const seen = await foreseen(desk, asked);
  if (!seen) return { effects: undefined, mail: undefined, isDiscreet: false };
  const { after, event } = seen;
  const [holder, told] = await Promise.all([
    directory.agency(after.holder),
    directory.agency(agencyOf(event, after.holder)),
  ]);
  if (!holder || !told) throw new Error("The directory does not have the agency of a case");
  const about = { case: after, event, agency: told, siteUrl: frame.siteUrl };
  return {
    effects: effectsOfMove(
      { ...seen, agency: holder },
      language,
      asked.isOpen ? choiceOf(asked.move) : undefined,
    ),
    mail: await foreseenMail(directory, about, language),
    isDiscreet: isDiscreet(after),
  };
}

/** Why a move cannot be made now, in the words of its route. */
export async function whyNot({
  endpoint,
  post,
  trackingNumber,
  otherwise,
}: Asked): Promise<Refusal | undefined> {
  try {
    await endpoint.foresee(post, trackingNumber, undefined, otherwise);
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
  return undefined;
}
