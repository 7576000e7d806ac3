import { randomUUID } from "node:crypto";
import type { Move } from "../../shared/case/moves/table.ts";
import type { Submission } from "../../shared/case/submission/submission.ts";
import { type Answer, call } from "../fakes/gateway.ts";
import { roadComplaint } from "../fakes/reports.ts";
import { staff, type Who } from "../fakes/staff.ts";
import { type Random, randomOf } from "./random.ts";
import type { World } from "./world.ts";

/** A case, and what its people were told that they did. */
export interface Life {
  index: number;
  number: string;
  receipt: { authorization: string };
  /** Where its reporter is mailed; undefined where they left no address. */
  email: string | undefined;
  secret: boolean;
  /** The texts of the moves that were acknowledged, and the moves. */
  done: { move: Move; words: string }[];
}

/** A client sends the same again for as long as nobody answers. */
const patience = 40;

/** What people send, until they have an answer that says something. */
async function insisting(world: World, name: string, send: () => Promise<Answer>): Promise<Answer> {
  for (let attempt = 0; attempt < patience; attempt++) {
    const answer = await world.wire.run(`${name} ${attempt}`, send);
    if (answer === "killed") world.renew();
    else if (answer.status < 500) return answer;
  }
  throw new Error(`${name} was sent ${patience} times without an answer`);
}

type Person = Who | "reporter";
type Body = (words: string, life: Life, random: Random) => object;

const text: Body = (words) => ({ text: words });
const reason: Body = (words) => ({ reason: words });
/** The moves of these lives, with what each says. A move that says nothing of its own is known by its event alone. */
const bodies: Partial<Record<Move, Body>> = {
  verify: (words) => ({ title: words }),
  assign: (words, _life, random) => ({
    agencyId: random.pick(["balikpapan-dinas-pu", "balikpapan-uptd-jalan"]),
    note: words,
  }),
  return: reason,
  ask: text,
  progress: text,
  note: text,
  answer: text,
  archive: (words) => ({ reason: "private-matter", text: words }),
  restore: text,
  uphold: text,
  reply: text,
  confirm: (words, _life, random) => ({ stars: 1 + random.below(5), comment: words }),
  appeal: text,
  object: text,
  withdraw: () => ({}),
  consent: () => ({}),
};
const paths: Partial<Record<Move, string>> = {
  verify: "verification",
  assign: "assignment",
  return: "return",
  ask: "question",
  progress: "progress",
  note: "notes",
  answer: "answer",
  archive: "archival",
  restore: "restoration",
  uphold: "upholding",
  reply: "replies",
  confirm: "confirmation",
  appeal: "appeal",
  object: "objection",
  withdraw: "withdrawal",
  consent: "referral-consent",
};
/** Moves that end a case early are made seldom, so that lives are long. */
const seldom: readonly Move[] = ["archive", "withdraw", "note", "consent", "return"];

const officers: Who[] = ["national", "admin", "liaison", "worker", "head", "roads", "mayor"];

/** Sends a report. */
export async function born(world: World, seed: number, index: number): Promise<Life> {
  const random = randomOf(seed, "birth", index);
  const email = random.chance(0.7) ? `warga-${index}@contoh.example` : undefined;
  const report: Submission = {
    ...roadComplaint,
    title: `Laporan ${index}`,
    occurredOn: undefined,
    anonymous: random.chance(0.3),
    secret: random.chance(0.2),
    class: random.pick(["complaint", "complaint", "aspiration", "information-request"]),
    agencyId: random.chance(0.8) ? "balikpapan-dinas-pu" : undefined,
    ...(email && { reporter: { email } }),
  };
  const key = randomUUID();
  const answer = await insisting(world, `life ${index} report`, () =>
    call(world.office.publicApi, "POST", "/v1/cases", { body: report, headers: { "idempotency-key": key } }),
  );
  if (answer.status !== 201) throw new Error(`A report was refused: ${JSON.stringify(answer.body)}`);
  return {
    index,
    number: String(answer.body.trackingNumber),
    receipt: { authorization: `Receipt ${answer.body.receipt}` },
    email,
    secret: report.secret,
    done: [],
  };
}

/** What somebody may do now. */
async function legalMoves(world: World, life: Life, who: Person, name: string): Promise<Move[]> {
  const view = await insisting(world, name, () =>
    who === "reporter"
      ? call(world.office.publicApi, "GET", `/v1/cases/${life.number}`, { headers: life.receipt })
      : call(world.office.officerApi, "GET", `/v1/officer/cases/${life.number}`, {
          subject: staff[who].subject,
        }),
  );
  return ((view.body.legalMoves ?? []) as Move[]).filter((move) => bodies[move]);
}

/** Lets somebody make a move that they may make. False where nobody may do anything that these lives know. */
export async function lived(world: World, seed: number, life: Life, step: number): Promise<boolean> {
  const random = randomOf(seed, "life", life.index, step);
  const people: Person[] = ["reporter", ...officers];
  while (people.length > 0) {
    const [who = "reporter"] = people.splice(random.below(people.length), 1);
    const name = `life ${life.index} step ${step} ${who}`;
    const legal = await legalMoves(world, life, who, `${name} looks`);
    const likely = legal.filter((move) => !seldom.includes(move) || random.chance(0.1));
    if (likely.length === 0) continue;
    const move = random.pick(likely);
    const words = `Kata ${life.index}-${step} tentang jalan itu.`;
    const body = bodies[move]?.(words, life, random);
    const path = paths[move];
    const answer = await insisting(world, `${name} ${move}`, () =>
      who === "reporter"
        ? call(world.office.reporterApi, "POST", `/v1/cases/${life.number}/${path}`, {
            body,
            headers: life.receipt,
          })
        : call(world.office.officerApi, "POST", `/v1/officer/cases/${life.number}/${path}`, {
            body,
            subject: staff[who].subject,
          }),
    );
    if (answer.status === 200) {
      life.done.push({ move, words });
      return true;
    }
    // A move that is legal may still be refused for what it says: the same agency again, and the like.
    if (![400, 409, 422].includes(answer.status))
      throw new Error(`${name} ${move}: ${answer.status} ${JSON.stringify(answer.body)}`);
  }
  return false;
}
