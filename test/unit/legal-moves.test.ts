import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { conditions } from "../../shared/case/moves/conditions.ts";
import { type Move, moveNames } from "../../shared/case/moves/table.ts";
import type { Submission } from "../../shared/case/submission/submission.ts";
import { serve } from "../../shared/http/serve.ts";
import { anOfficer } from "../fakes/agencies.ts";
import { type Answer, call, type Handler } from "../fakes/gateway.ts";
import { anOffice } from "../fakes/office.ts";
import { staff } from "../fakes/staff.ts";

/** Works at the agency above which there is none. The staff of the other tests has nobody there who could return a case. */
const people = { ...staff, ministry: anOfficer("agency-admin", "kemenpanrb") };
type Worker = keyof typeof people;

const said = "Kami sudah meninjau lokasi dan menambal jalan itu.";
const photo = { name: "jalan.jpg", type: "image/jpeg", size: 9 };
const reporter = { name: "Warga Contoh", email: "warga@contoh.example" };

type Person = Worker | "reporter";
type Office = ReturnType<typeof anOffice>;
type Found = Awaited<ReturnType<Office["submit"]>>;
interface Place {
  api: Handler;
  office: Office;
  found: Found;
  /** A case that others may follow. */
  other: string;
}

/** What a move says that nobody can object to, as the case stands. */
const sensible: Partial<Record<Move, (place: Place, who: Person) => Promise<unknown>>> = {
  verify: async ({ office, found }) => {
    const kind = (await office.cases.get(found.number))?.class;
    return { formal: kind === "information-request" };
  },
  assign: async ({ office, found }, who) => {
    const holder = (await office.cases.get(found.number))?.holder;
    const { role, agencyId } = who === "reporter" ? people.national : people[who];
    const within = role === "national-admin" ? "pemkot-balikpapan" : agencyId;
    const below = await office.directory.subtreeOf(within, { after: undefined, limit: 100 });
    const to = below?.agencies.find(({ id }) => id !== holder)?.id;
    return to && { agencyId: to };
  },
  return: async () => ({ reason: said }),
  confirm: async () => ({ stars: 4 }),
  archive: async () => ({ reason: "abusive", text: said }),
  join: async ({ other }) => ({ trackingNumber: other }),
  redact: async () => ({ title: "Jalan rusak", text: said }),
  withdraw: async () => ({}),
  consent: async () => ({}),
  "open-identity": async () => ({ reason: said }),
  "open-original": async () => ({ reason: said }),
  "consent-identity": async ({ office, found }) => {
    const { anonymous, status } = (await office.cases.get(found.number))!;
    return { agreed: anonymous || status === "archived" || status === "withdrawn" };
  },
  "correct-contact": async () => ({ name: "Warga Contoh Baru" }),
  "delete-identity": async () => ({}),
  "erase-originals": async () => ({}),
  attach: async () => photo,
  "withdraw-question": async () => ({ reason: said }),
  "correct-answer": async ({ office, found }) => ({
    text: `${said} Ralat ke-${(await office.cases.get(found.number))?.version}.`,
    reason: said,
  }),
  withhold: async ({ office, found }) => {
    const { events } = (await office.cases.find(found.number))!;
    const written = events.findLast(({ type, by }) => type === "answered" && by.role !== "reporter");
    return written && { entry: written.sequence, reason: "Memuat nama orang." };
  },
  "remove-attachment": async () => ({}),
};

/** The addresses of moves behind that of their case. */
const paths: Record<Move, string> = {
  verify: "verification",
  assign: "assignment",
  return: "return",
  ask: "question",
  progress: "progress",
  note: "notes",
  answer: "answer",
  extend: "extension",
  archive: "archival",
  join: "joining",
  restore: "restoration",
  refer: "referral",
  reply: "replies",
  confirm: "confirmation",
  appeal: "appeal",
  object: "objection",
  uphold: "upholding",
  withdraw: "withdrawal",
  separate: "separation",
  redact: "redaction",
  consent: "referral-consent",
  attach: "attachments",
  "open-identity": "identity-opening",
  "open-original": "opening",
  "consent-identity": "identity-consent",
  "correct-contact": "contact",
  "delete-identity": "identity-deletion",
  "erase-originals": "original-erasure",
  "withdraw-question": "question-withdrawal",
  "correct-answer": "answer-correction",
  withhold: "withholding",
  "remove-attachment": "removal",
};
const ofReporters: Move[] = [
  "reply",
  "confirm",
  "appeal",
  "object",
  "withdraw",
  "redact",
  "consent",
  "consent-identity",
  "correct-contact",
  "delete-identity",
  "erase-originals",
];
const ofBoth: Move[] = ["separate", "attach", "remove-attachment"];

const mayTry = (who: Person, move: Move): boolean =>
  ofBoth.includes(move) || ofReporters.includes(move) === (who === "reporter");

/** A file of the case whose original can be opened with the least: officers' files need no consent. */
const fileOf = async ({ office, found }: Place) => {
  const { attachments } = await office.attachments.of(found.number);
  const clean = attachments.filter(({ state, originalRemoved }) => state === "clean" && !originalRemoved);
  const { originalsExpiredAt = "" } = (await office.cases.get(found.number))!;
  const left = clean.filter((one) => one.by.role !== "reporter" || one.requestedAt > originalsExpiredAt);
  return left.find(({ by }) => by.role !== "reporter") ?? left[0];
};

/** A file that somebody may remove: the reporter's own, or one of the officer's agency. Else one that others sent. */
const ownFileOf = async ({ office, found }: Place, who: Person) => {
  const { attachments } = await office.attachments.of(found.number);
  const left = attachments.filter(({ state }) => state !== "refused" && state !== "removed");
  const isTheirs = ({ by }: (typeof left)[number]) =>
    who === "reporter" ? by.role === "reporter" : by.agencyId === people[who].agencyId;
  return left.find(isTheirs) ?? left.find(({ by }) => by.role !== "reporter") ?? left[0];
};

/** The address of a move behind that of its case. Undefined where there is no file that it could be about. */
async function pathOf(place: Place, who: Person, move: Move): Promise<string | undefined> {
  if (move !== "open-original" && move !== "remove-attachment") return paths[move];
  const file = move === "open-original" ? await fileOf(place) : await ownFileOf(place, who);
  return file && `attachments/${file.attachmentId}/${paths[move]}`;
}

/** Makes a move with a sensible body. Undefined where there is nothing that it could be about. */
async function made(place: Place, who: Person, move: Move): Promise<Answer | undefined> {
  const { api, found } = place;
  const body = sensible[move] ? await sensible[move](place, who) : { text: said };
  if (body === undefined) return undefined;
  const method = move === "correct-contact" ? "PUT" : "POST";
  const path = await pathOf(place, who, move);
  if (path === undefined) return undefined;
  if (who === "reporter")
    return call(api, method, `/v1/cases/${found.number}/${path}`, { body, headers: found.receipt });
  return call(api, method, `/v1/officer/cases/${found.number}/${path}`, {
    body,
    subject: people[who].subject,
  });
}

/** Sends a file and has it inspected. */
async function attached({ office, found }: Place, who: Person) {
  const form =
    who === "reporter"
      ? await found.reporter("attachments", photo)
      : await found.as(people[who], "attachments", photo);
  if (form.status !== 201) return;
  const bytes = Buffer.from("gambar");
  const copy = { type: "image/jpeg", bytes };
  const outcome = { copy, originalType: "image/jpeg", digest: "0".repeat(64) };
  await found.inspect(
    office.files.upload(form.body.upload.fields.key, bytes),
    {},
    async () => outcome as never,
  );
}

interface Life {
  report: Partial<Submission>;
  steps: Step[];
}
/** What happens to a case: somebody makes a move, sends files, or time goes by. */
type Step =
  { who: Person; move: Move } | { who: Person; files: number; inspected: boolean } | { days: number };

const day = 24 * 60 * 60 * 1000;
const elevenMinutes = 11 * 60 * 1000;

async function lived({ report, steps }: Life): Promise<Place> {
  const office = anOffice(undefined, { people: Object.values(people) });
  const { number: other } = await office.submit();
  const found = await office.submit({ reporter, ...report });
  const api = serve(Object.values(office.tables()).flat(), office.directory);
  const place = { api, office, found, other };
  const later = (milliseconds: number) =>
    office.at(new Date(office.now().getTime() + milliseconds).toISOString());
  for (const step of steps) {
    // Past the time in which the same request is a second click.
    later(elevenMinutes);
    if ("days" in step) {
      later(step.days * day);
      await office.sweep();
    } else if ("files" in step) {
      for (let count = 0; count < step.files; count++)
        if (step.inspected) await attached(place, step.who);
        else if (step.who === "reporter") await found.reporter("attachments", photo);
        else await found.as(people[step.who], "attachments", photo);
    } else await made(place, step.who, step.move);
  }
  later(elevenMinutes);
  return place;
}

const seenBy = (api: Handler, number: string, { subject }: { subject: string }) =>
  call(api, "GET", `/v1/officer/cases/${number}`, { subject });

/** What somebody is offered by their view of the case. Nothing, where they may not read it. */
async function offered({ api, found }: Place, who: Person): Promise<Move[]> {
  const view =
    who === "reporter" ? await found.seenByReporter() : await seenBy(api, found.number, people[who]);
  return view.body.legalMoves ?? [];
}

const officers = Object.keys(people) as Worker[];

/** What is wrong with what somebody is offered at the end of a life. */
async function falseOffers(life: Life, who: Person): Promise<unknown[]> {
  const place = await lived(life);
  const offers = await offered(place, who);
  const wrong: unknown[] = [];
  for (const move of moveNames.filter((one) => mayTry(who, one))) {
    const isOffered = offers.includes(move);
    const answer = await made(isOffered ? await lived(life) : place, who, move);
    if (!answer) continue;
    const { status, body } = answer;
    const fits = isOffered ? [200, 201] : [403, 404, 409];
    if (!fits.includes(status)) wrong.push([who, move, isOffered, status, body.detail]);
    if (status === 409) {
      const { status: stands } = (await place.office.cases.get(place.found.number))!;
      if (body.currentStatus !== stands || `${body.legalMoves}` !== `${offers}`)
        wrong.push([who, move, body.currentStatus, body.legalMoves]);
    }
  }
  return wrong;
}

const onwards: Move[] = ["verify", "answer", "confirm", "consent", "consent-identity"];
const anyStep: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc
      .tuple(
        fc.constantFrom<Person>("reporter", "reporter", "national", ...officers),
        fc.constantFrom<Move>(...onwards, ...moveNames),
      )
      .filter(([who, move]) => mayTry(who, move))
      .map(([who, move]) => ({ who, move })),
  },
  { weight: 2, arbitrary: fc.constantFrom(1, 4, 16, 40).map((days) => ({ days })) },
  {
    weight: 1,
    arbitrary: fc.record({
      who: fc.constantFrom<Person>("reporter", "worker"),
      files: fc.constantFrom(1, 10),
      inspected: fc.boolean(),
    }),
  },
);
const anyReport: fc.Arbitrary<Partial<Submission>> = fc.record({
  anonymous: fc.boolean(),
  secret: fc.boolean(),
  class: fc.constantFrom("complaint" as const, "information-request" as const),
  reporter: fc.constantFrom(reporter, undefined),
  agencyId: fc.constantFrom("balikpapan-dinas-pu", "kemenpanrb", undefined),
});

const by = (who: Person, ...made: Move[]): Step[] => made.map((move) => ({ who, move }));
const verified = by("admin", "verify");
const answered = [...verified, ...by("worker", "answer")];
const fullOf = (who: Person): Step[] => [...verified, { who, files: 10, inspected: false }];

/** Lives that lead before each condition: once so that it stands in the way of the move, and once so that it does not. */
const crossroads: Partial<
  Record<
    Move,
    { of: Person | readonly [Person, Person]; report?: Partial<Submission>; shut: Step[]; open: Step[] }
  >
> = {
  return: {
    of: ["ministry", "admin"],
    report: { agencyId: undefined },
    shut: [],
    open: [...by("national", "verify"), ...by("national", "assign")],
  },
  extend: {
    of: "worker",
    report: { class: "information-request" },
    shut: [...verified, ...by("worker", "extend")],
    open: verified,
  },
  refer: {
    of: "observer",
    shut: [...verified, ...by("reporter", "consent")],
    open: [...verified, { days: 120 }, ...by("reporter", "consent")],
  },
  appeal: {
    of: "reporter",
    shut: [...answered, ...by("reporter", "confirm"), { days: 40 }],
    open: [...answered, ...by("reporter", "confirm"), { days: 4 }],
  },
  consent: { of: "reporter", shut: [...verified, ...by("reporter", "consent")], open: verified },
  attach: { of: "reporter", shut: fullOf("reporter"), open: fullOf("worker") },
  "open-identity": {
    of: "head",
    report: { anonymous: true },
    shut: verified,
    open: by("reporter", "consent-identity"),
  },
  "open-original": {
    of: "head",
    report: { anonymous: true },
    shut: [...verified, { who: "reporter", files: 1, inspected: true }],
    open: [...verified, { who: "worker", files: 1, inspected: true }],
  },
  object: {
    of: "reporter",
    shut: [...by("national", "archive"), { days: 40 }],
    open: [...by("national", "archive"), { days: 4 }],
  },
  "remove-attachment": {
    of: "reporter",
    shut: [{ who: "worker", files: 1, inspected: true }],
    open: [{ who: "reporter", files: 1, inspected: true }],
  },
  "consent-identity": { of: "reporter", shut: verified, open: by("national", "archive") },
  "delete-identity": { of: "reporter", shut: verified, open: by("reporter", "withdraw") },
};

describe("what people are offered", () => {
  test("along any life of a case everybody can do what they are offered, and nothing else", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.record({ report: anyReport, steps: fc.array(anyStep, { minLength: 3, maxLength: 10 }) }),
        fc.constantFrom<Person>("reporter", "reporter", "head", "observer", ...officers),
        async (life, who) => {
          expect(await falseOffers(life, who)).toEqual([]);
        },
      ),
      { numRuns: 20 },
    );
  });

  test.each(Object.entries(crossroads))(
    "%s is offered only while its condition is met",
    async (move, { of, report = {}, shut, open }) => {
      const [before, after] = typeof of === "string" ? [of, of] : of;
      for (const [who, steps, isOffered] of [
        [before, shut, false],
        [after, open, true],
      ] as const) {
        const life = { report, steps };
        const offers = await offered(await lived(life), who);
        expect([steps, offers.includes(move as Move)]).toEqual([steps, isOffered]);
        expect(await falseOffers(life, who)).toEqual([]);
      }
    },
  );

  test("whoever has a case, or may read any, is not offered to remove what another agency attached; those above it are", async () => {
    const steps: Step[] = [...verified, { who: "worker", files: 1, inspected: true }];
    const life = { report: {}, steps };
    for (const [who, isOffered] of [
      ["national", false],
      ["worker", true],
      ["admin", true],
    ] as const) {
      const offers = await offered(await lived(life), who);
      expect([who, offers.includes("remove-attachment")]).toEqual([who, isOffered]);
      expect(await falseOffers(life, who)).toEqual([]);
    }
    const place = await lived(life);
    await place.found.as("national", "assignment", { agencyId: "pemkot-samarinda" });
    const { body } = await place.found.as("elsewhere", "progress", { text: said });
    expect([body.legalMoves.includes("attach"), body.legalMoves.includes("remove-attachment")]).toEqual([
      true,
      false,
    ]);
  });

  test("nobody is offered to open originals where there are none: no file came, or the reporter had theirs erased", async () => {
    const sent: Step[] = [...verified, { who: "reporter", files: 1, inspected: true }];
    for (const [steps, isOffered] of [
      [verified, false],
      [sent, true],
      [[...sent, ...by("reporter", "erase-originals")], false],
    ] as const) {
      const life = { report: { anonymous: false }, steps: [...steps] };
      const offers = await offered(await lived(life), "head");
      expect(offers.includes("open-original")).toBe(isOffered);
      expect(await falseOffers(life, "head")).toEqual([]);
    }
  });

  test("every condition has its crossroads", () => {
    expect(Object.keys(crossroads).sort()).toEqual(Object.keys(conditions).sort());
  });
});
