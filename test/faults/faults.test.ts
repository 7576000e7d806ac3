import { availableParallelism } from "node:os";
import { describe, expect, test } from "vitest";
import type { CaseFile } from "../../shared/case/case.ts";
import { countingOf } from "../../shared/case/clocks/counting-flow.ts";
import { flaws, proofOf } from "../../shared/case/history.ts";
import { isHidden } from "../../shared/case/views/visibility.ts";
import { stageToTell } from "../../shared/deadline/stage.ts";
import { messagesOf } from "../../shared/notification/mail-message.ts";
import { audienceOf } from "../../shared/notification/recipients/audience.ts";
import { agencies } from "../fakes/agencies.ts";
import { call } from "../fakes/gateway.ts";
import { staff } from "../fakes/staff.ts";
import { openDatabase } from "../integration/database.ts";
import { born, type Life, lived } from "./lives.ts";
import { randomOf } from "./random.ts";
import { aWorld, type Taken, type World } from "./world.ts";

const seed = Number(process.env.FAULTS_SEED ?? 20_261_127);
const count = Number(process.env.FAULTS_LIVES ?? 500);
const steps = 9;
const startsAt = "2026-09-01T08:00:00+08:00";

const database = openDatabase({ expiry: false });

/** Lets so many cases live at once, over some weeks. */
async function play(world: World): Promise<Life[]> {
  const random = randomOf(seed, "days");
  const lives: Life[] = [];
  const left = new Map<number, number>();
  while (lives.length < count || left.size > 0) {
    world.pass((1 + random.below(20)) * 60 * 60 * 1000);
    for (let births = Math.ceil(count / 12); births > 0 && lives.length < count; births--) {
      left.set(lives.length, 0);
      lives.push(await born(world, seed, lives.length));
    }
    for (const [index, step] of left) {
      if (!random.chance(0.6)) continue;
      const life = lives[index];
      const goesOn = life && (await lived(world, seed, life, step));
      if (goesOn && step + 1 < steps) left.set(index, step + 1);
      // A case that nobody can do anything with waits for its clocks.
      else left.delete(index);
    }
    await world.tick();
  }
  return lives;
}

/** The mark of a notification, as the table of notifications has it. */
interface Mark {
  trackingNumber: string;
  sequence: number;
  kind: string;
  to: string | undefined;
  sent: boolean;
  dropped: boolean;
  gathered: boolean;
}

const markOf = (item: Record<string, unknown>): Mark | undefined => {
  const [sequence = "", kind = "", ...to] = String(item.sk).split("#");
  if (!/^\d{6}$/.test(sequence)) return undefined;
  return {
    trackingNumber: String(item.pk),
    sequence: Number(sequence),
    kind,
    to: to.length > 0 ? to.join("#") : undefined,
    sent: item.sentAt !== undefined,
    dropped: item.droppedAt !== undefined,
    gathered: item.piledAt !== undefined,
  };
};

const marksIn = async (world: World): Promise<Mark[]> =>
  (await world.items("Notifications")).flatMap((item) => markOf(item) ?? []);
const nameOf = ({ trackingNumber, sequence, kind, to }: Mark): string =>
  `${trackingNumber} ${sequence} ${kind} ${to}`;

const addresses = new Map<string, string>([
  ...Object.values(staff).map(({ id, email }) => [id, email] as const),
  ...agencies.map(({ id, alertEmail }) => [`mailbox@${id}`, alertEmail] as const),
]);

/** What is wrong with the mails: what was marked and not sent, and what was sent twice. */
function mailsAgainstMarks(marks: readonly Mark[], mails: readonly Taken[], lives: readonly Life[]) {
  const emailOf = new Map(lives.map(({ number, email }) => [number, email]));
  const missing: string[] = [];
  const unlisted = new Map<string, string[]>();
  let twice = 0;
  const byReader = Map.groupBy(
    marks.filter(({ sent }) => sent),
    ({ to, trackingNumber }) => `${to ? addresses.get(to) : emailOf.get(trackingNumber)} ${trackingNumber}`,
  );
  for (const [reader, sent] of byReader) {
    const [to = "", number = ""] = reader.split(" ");
    if (to === "undefined") continue;
    // A discreet mail to a reporter names no case, and each of these reporters has one.
    const isAbout = ({ subject, text }: Taken) =>
      to.startsWith("warga-") || `${subject} ${text}`.includes(number);
    const got = mails.filter((mail) => mail.to === to && isAbout(mail));
    const alone = sent.filter(({ gathered }) => !gathered).length;
    const together = sent.length - alone;
    const line = `${reader}: ${got.length} of ${alone} and ${together}`;
    if (got.length < alone) missing.push(line);
    else if (got.length < alone + Math.min(1, together))
      unlisted.set(to, [...(unlisted.get(to) ?? []), line]);
  }
  // A mail lists fifty cases at most, and says how many more there are.
  for (const [to, lines] of unlisted) {
    const mine = mails.filter((mail) => mail.to === to);
    const more = mine.map(({ text }) => Number(/Masih ada (\d+) laporan lain/.exec(text)?.[1] ?? 0));
    if (lines.length > more.reduce((sum, one) => sum + one, 0)) missing.push(...lines);
  }
  const texts = Map.groupBy(mails, ({ to, subject, text }) => `${to}\n${subject}\n${text}`);
  for (const same of texts.values()) twice += same.length - 1;
  return { missing, twice };
}

const isOfPeople = ({ by }: CaseFile["events"][number]) => by.role !== "system";

describe(`${count} lives on a wire that fails, seed ${seed}`, () => {
  test("lose nothing, double nothing, and owe nobody a mail", async () => {
    const began = performance.now();
    const world = await aWorld({ endpoint: await address(), table: database.table }, { seed, startsAt });
    const lives = await play(world);
    const played = performance.now();
    await world.settle();

    // Nothing of what faults made late is left.
    for (const queue of Object.values(world.queues))
      expect([queue.name, queue.size(), queue.dead.length]).toEqual([queue.name, 0, 0]);

    // What the stream gave up is owed until it is replayed.
    await world.replay(new Date(startsAt));
    await world.settle();
    const before = await marksIn(world);
    await world.replay(new Date(startsAt));
    const known = new Set(before.map(nameOf));
    const told = (await marksIn(world)).filter((one) => !known.has(nameOf(one)));

    const items = await world.items("Cases");
    const files = new Map<string, CaseFile>();
    for (const { sk, trackingNumber } of items)
      if (sk === "CASE") {
        const file = await world.cases.find(String(trackingNumber));
        if (file) files.set(String(trackingNumber), file);
      }

    // Each report that was acknowledged is there once, and its receipt opens it.
    expect([...files.keys()].sort()).toEqual(lives.map(({ number }) => number).sort());
    for (const { number, receipt } of lives) {
      const mine = await call(world.office.publicApi, "GET", `/v1/cases/${number}`, { headers: receipt });
      expect([number, mine.status, mine.body.status]).toEqual([number, 200, files.get(number)?.case.status]);
      expect(mine.body.legalMoves).toBeDefined();
    }

    for (const life of lives) {
      const { number, done } = life;
      const file = files.get(number)!;
      const { events } = file;
      // Each move that was acknowledged is one event, in order, and there is no other.
      const made = events.filter(isOfPeople).slice(1);
      expect([number, made.length]).toEqual([number, done.length]);
      for (const [index, { move, words }] of done.entries()) {
        const told = JSON.stringify(made[index]?.content);
        if (!["withdraw", "consent"].includes(move))
          expect([number, move, told]).toEqual([number, move, expect.stringContaining(words)]);
      }
      // The chain is whole, and ends where the case says.
      expect(events.map(({ sequence }) => sequence)).toEqual(events.map((_, index) => index + 1));
      const last = events.at(-1);
      expect([file.case.version, file.case.lastHash, file.case.movedAt]).toEqual([
        last?.sequence,
        last?.hash,
        last?.at,
      ]);
      expect(
        flaws(number, events.map(proofOf), [{ sequence: file.case.version, hash: file.case.lastHash }]),
      ).toEqual([]);
      // Each stage that came was told once.
      const alerts = events.flatMap((one) => (one.type === "warned" ? one.content.alerts : []));
      const stages = alerts.map(({ clock, stage, due }) => `${clock} ${stage} ${due}`);
      expect([number, stages]).toEqual([number, [...new Set(stages)]]);
      const counting = await countingOf(world.directory, file.case.holder);
      for (const clock of file.case.clocks)
        expect([number, clock.name, stageToTell(clock, world.clock(), counting)]).toEqual([
          number,
          clock.name,
          undefined,
        ]);
    }

    // Whoever is owed a mail has it.
    const marks = before;
    const unsettled = marks.filter(({ sent, dropped }) => !sent && !dropped);
    expect(unsettled).toEqual([]);
    const marked = Map.groupBy(
      marks,
      ({ trackingNumber, sequence, kind }) => `${trackingNumber} ${sequence} ${kind}`,
    );
    for (const { events } of files.values())
      for (const event of events)
        for (const { kind, trackingNumber, sequence } of messagesOf(event)) {
          const sought = kind === "reporter-notice" && event.type === "assigned" ? undefined : kind;
          if (
            sought === "reporter-notice" ||
            sought === "new-case-alert" ||
            sought === "submission-confirmation"
          )
            expect([event.type, marked.has(`${trackingNumber} ${sequence} ${sought}`)]).toEqual([
              event.type,
              true,
            ]);
          const handedOn = events
            .slice(sequence)
            .some(({ content }) => "to" in content && content.to !== undefined);
          if (
            kind === "officer-notice" &&
            !handedOn &&
            audienceOf(event.type).officers?.includes("team") &&
            event.by.role === "reporter"
          )
            expect([event.type, marked.has(`${trackingNumber} ${sequence} officer-notice`)]).toEqual([
              event.type,
              true,
            ]);
        }
    const { missing, twice } = mailsAgainstMarks(marks, world.mails, lives);
    expect(missing).toEqual([]);
    expect(told.map(nameOf)).toEqual([]);
    expect(twice / world.mails.length).toBeLessThan(0.01);

    // Lists, pages and figures say the same as the cases.
    const shown = [...files.values()].map(({ case: found }) => found).filter((found) => !isHidden(found));
    const listed: string[] = [];
    for (let cursor: string | undefined, first = true; first || cursor; first = false) {
      const page = await call(world.office.publicApi, "GET", "/v1/cases", {
        query: cursor ? { cursor } : {},
      });
      listed.push(...page.body.items.map((one: { trackingNumber: string }) => one.trackingNumber));
      cursor = page.body.cursor ?? undefined;
    }
    expect(listed.sort()).toEqual(shown.map(({ trackingNumber }) => trackingNumber).sort());
    for (const { trackingNumber, status } of shown) {
      const { body } = await call(world.office.publicApi, "GET", `/v1/cases/${trackingNumber}`);
      const page = await call(world.office.publicApi, "GET", `/laporan/${trackingNumber}`, {
        headers: { accept: "text/html" },
      });
      expect([trackingNumber, body.status, page.status]).toEqual([trackingNumber, status, 200]);
      expect(page.body).toContain(body.statusText);
    }
    const figures = (await call(world.office.publicApi, "GET", "/v1/agencies/balikpapan-dinas-pu")).body
      .numbers;
    const own = shown.filter(
      ({ holder, status, agencyId }) =>
        holder === "balikpapan-dinas-pu" || (status === "submitted" && agencyId === "balikpapan-dinas-pu"),
    );
    const number = (isCounted: (one: (typeof own)[number]) => boolean) => own.filter(isCounted).length;
    expect(figures).toMatchObject({
      answered: number(({ status }) => status === "answered"),
      closedConfirmed: number(({ status, closure }) => status === "closed" && closure === "confirmed"),
      closedAutomatic: number(({ status, closure }) => status === "closed" && closure === "automatic"),
    });

    const seconds = (from: number, to = performance.now()) => Math.round((to - from) / 1000);
    console.log(
      `seed ${seed}, ${count} lives, ${lives.reduce((sum, { done }) => sum + done.length, 0)} moves, ${world.mails.length} mails, ` +
        `${twice} of them twice, ${world.wire.calls()} calls, ${world.lost()} batches of the stream lost, ` +
        `${seconds(began, played)} s played, ${seconds(played)} s checked on ${availableParallelism()} cores; ` +
        [...world.wire.injected].map(([fault, times]) => `${fault} ${times}`).join(", "),
    );
  });
});

const address = async () => {
  const { protocol = "http:", hostname = "", port = 0 } = (await database.client.config.endpoint?.()) ?? {};
  return `${protocol}//${hostname}:${port}`;
};
