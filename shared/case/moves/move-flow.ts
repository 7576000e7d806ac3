import { createHash } from "node:crypto";
import type { Officer } from "../../directory/directory.ts";
import { type DirectoryStore, namesFrom } from "../../directory/directory-store.ts";
import type { Language } from "../../language.ts";
import { changedSince, Refusal } from "../../refusal.ts";
import type { Act, Case, CaseFile, Moved } from "../case.ts";
import { clocked } from "../clocks/case-clocks.ts";
import { countingOf } from "../clocks/counting-flow.ts";
import { noCaseForOfficer } from "../receipt/receipt.ts";
import type { CaseStore } from "../store/case-store.ts";
import { changesSince, namedIn, type Names, roleText } from "../views/view.ts";
import { mayRead, type Move, refuseUnlessLegal, type Standing, whereItStands } from "./table.ts";

/** The names that a case and its history are shown with. */
export const namesOf = (directory: DirectoryStore, file: CaseFile): Promise<Names> =>
  namesFrom(directory, {
    ...namedIn(file),
    region: file.case.location?.regionCode,
    category: file.case.category,
  });

/** What an officer is to a case. Refuses, as not found, a case that they may not read. */
export async function standingOf(
  { directory }: { directory: DirectoryStore },
  found: Case | undefined,
  officer: Officer,
): Promise<{ found: Case; who: Standing }> {
  if (!found) throw noCaseForOfficer();
  const path = await directory.pathOf(found.holder);
  const who = { role: officer.role, own: path.includes(officer.agencyId) };
  if (!mayRead(who)) throw noCaseForOfficer();
  return { found, who };
}

/** The same request again within this time is a second click or a retry, not a second move. */
const secondClickMs = 10 * 60 * 1000;

/** How often a move is decided that leans on another case, where that one keeps changing. */
const attempts = 3;

export interface MoveRequest {
  move: Move;
  who: Standing;
  act: Act;
  /** As parsed. */
  body: unknown;
  /** The version that the caller has seen, where they said so. */
  seen: number | undefined;
  language: Language;
}

/**
 * Makes a move of a case that was found: refuses it unless it is legal, decides it by its rule and stores it on the
 * version that it was decided on. Who was overtaken is told by what.
 */
export async function makeMove(
  { cases, directory }: { cases: CaseStore; directory: DirectoryStore },
  found: Case,
  { move, who, act, body, seen, language }: MoveRequest,
  decide: (act: Act) => Moved | Promise<Moved>,
): Promise<Case> {
  const digest = createHash("sha256")
    .update(JSON.stringify([move, act.by, body]))
    .digest("base64url");
  const isSecondClick = ({ lastMove }: Case) =>
    lastMove?.digest === digest && act.at.getTime() - Date.parse(lastMove.at) < secondClickMs;

  const overtaken = async (version: number) => {
    const file = await cases.find(found.trackingNumber);
    if (!file) throw new Error("A case that was there is gone");
    if (isSecondClick(file.case)) return file.case;
    const names = await namesOf(directory, file);
    const reader = who.role === "reporter" ? "reporter" : "officer";
    const sentence = (of: Language) =>
      changesSince(file, version, reader, names, of)
        .map(({ text, by }) => `${text} (${roleText[by][of]})`)
        .join("; ");
    throw new Refusal(
      "conflict",
      {
        id: `Sementara itu laporan ini berubah: ${sentence("id")}. Buka lagi laporannya, lalu putuskan kembali.`,
        en: `This case has changed in the meantime: ${sentence("en")}. Open it again, then decide anew.`,
      },
      {
        more: {
          ...whereItStands(file.case, who),
          ...changedSince({ changes: changesSince(file, version, reader, names, language) }),
        },
      },
    );
  };

  if (isSecondClick(found)) return found;
  if (seen !== undefined && seen !== found.version) return overtaken(seen);
  refuseUnlessLegal(found, move, who);
  for (let attempt = 1; ; attempt++) {
    const decided = await decide(act);
    const timed = clocked(found, decided, await countingOf(directory, decided.case.holder));
    const moved: Moved = {
      ...decided,
      ...timed,
      case: { ...timed.case, lastMove: { digest, at: act.at.toISOString() } },
    };
    if (await cases.append(found, moved)) return moved.case;
    const now = await cases.get(found.trackingNumber);
    if (now?.version !== found.version) return overtaken(found.version);
    // The case is as it was: another one, that it is joined to, was overtaken. That is decided anew.
    if (attempt === attempts)
      throw new Refusal("conflict", {
        id: "Laporan yang hendak diikuti baru saja berubah. Buka lagi laporan itu, lalu putuskan kembali.",
        en: "The case that it was to follow has just changed. Open that one again, then decide anew.",
      });
  }
}
