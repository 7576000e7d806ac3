import { Refusal } from "../../refusal.ts";
import type { Case, Moved } from "../case.ts";
import type { Move } from "./table.ts";

/** What a receipt does that reaches other people, in sorts that are counted apart. */
type Paced = keyof NonNullable<Case["pace"]>;

/**
 * So many of a sort may come with one receipt in an hour. A thief of a receipt who sends replies does not keep its owner from
 * replacing it.
 */
const mostInAnHour: Record<Paced, number> = { messages: 20, rotations: 10, corrections: 5 };
const hour = 60 * 60;

/** The moves that officers or other addresses are told of. Taking back, hiding and erasing are never held up. */
const sorts: Partial<Record<Move, Paced>> = {
  reply: "messages",
  confirm: "messages",
  appeal: "messages",
  "correct-contact": "corrections",
};

const tooMany = (seconds: number) => {
  const minutes = Math.ceil(seconds / 60);
  return new Refusal(
    "too-many-requests",
    {
      id: `Terlalu banyak kiriman pada laporan ini dalam satu jam. Kiriman ini belum tersimpan; kirim lagi ${minutes} menit lagi. Mencabut laporan, menyembunyikan isinya dan menghapus data diri Anda tetap dapat dilakukan sekarang.`,
      en: `Too much was sent about this report within an hour. This has not been stored; send it again in ${minutes} minute${minutes === 1 ? "" : "s"}. You can still withdraw the report, hide its content or delete your personal data now.`,
    },
    { headers: { "retry-after": String(seconds) } },
  );
};

/** What a case remembers of the pace once one more of a sort comes. Refuses one too many. */
export function paceAfter({ pace = {} }: Case, sort: Paced, at: Date): NonNullable<Case["pace"]> {
  const { since = at.toISOString(), count = 0 } = pace[sort] ?? {};
  const passed = (at.getTime() - Date.parse(since)) / 1000;
  if (passed >= hour || passed < 0) return { ...pace, [sort]: { since: at.toISOString(), count: 1 } };
  if (count >= mostInAnHour[sort]) throw tooMany(Math.max(1, Math.ceil(hour - passed)));
  return { ...pace, [sort]: { since, count: count + 1 } };
}

/**
 * A move of a reporter with its place in the pace of the case. The case keeps the count, so it costs no request of its own. `decide`
 * makes the move. A repeat of a move never comes here: it gets its answer again.
 */
export async function pacedMove(
  move: Move,
  { found, at }: { found: Case; at: Date },
  decide: () => Moved | Promise<Moved>,
): Promise<Moved> {
  const sort = sorts[move];
  if (!sort) return decide();
  const pace = paceAfter(found, sort, at);
  const moved = await decide();
  return { ...moved, case: { ...moved.case, pace } };
}
