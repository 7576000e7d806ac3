import { describe, expect, test } from "vitest";
import { officerView, publicView, reporterView } from "../../shared/case/views/schemas.ts";
import { call } from "../fakes/gateway.ts";
import { anOffice } from "../fakes/office.ts";

const text = "Sama dengan laporan yang lain itu.";
const city = "pemkot-samarinda";

/** An open case that was joined to another one. The other one belongs to another city unless `change` says otherwise. */
async function joined(change: object = {}, own: object = {}) {
  const office = anOffice();
  const first = await office.submit({ agencyId: city, ...change });
  const second = await office.submit(own);
  office.at("2026-11-24T09:06:07.123+08:00");
  const answer = await second.as("national", "joining", { trackingNumber: first.number, text });
  expect(answer.status).toBe(200);
  return { office, first, second };
}
type Joined = Awaited<ReturnType<typeof joined>>;

/** All that somebody may be shown of a case without being an officer of the other side. */
async function answersTo({ second, office }: Joined) {
  const strangers = [await second.seenByPublic(), await second.proof(), await office.feed()];
  const reporter = [
    await second.seenByReporter(),
    await second.personalData(),
    await second.from("127.0.0.1", "GET", "/proof"),
    await second.reporter("redaction", { title: "Jalan di depan pasar" }),
  ];
  const officers = [
    await second.seenBy("admin"),
    await second.as("admin", "notes", { text: "Dicatat." }),
    await second.as("admin", "notes", { text: "Dicatat lagi." }, { "if-match": '"1"' }),
  ];
  return { strangers, reporter, officers };
}
const json = (answers: { body: unknown; headers: unknown }[]) =>
  JSON.stringify(answers.map(({ body, headers }) => [body, headers]));

const hidden: [string, (pair: Joined) => Promise<unknown>, object][] = [
  ["was secret from the start", async () => undefined, { secret: true }],
  ["was withdrawn later", ({ first }) => first.reporter("withdrawal"), {}],
  ["was hidden by its reporter later", ({ first }) => first.reporter("redaction", { hide: true }), {}],
  [
    "was archived later",
    ({ first }) => first.as("national", "archival", { reason: "private-matter", text: "Perkara pribadi." }),
    {},
  ],
];

describe.each(hidden)("a case that follows one which %s", (_what, hide, change) => {
  test("tells neither the public nor its reporter nor its officers number, status or words of the other", async () => {
    const pair = await joined(change);
    await hide(pair);
    const { strangers, reporter, officers } = await answersTo(pair);
    for (const answers of [strangers, reporter, officers]) {
      expect(json(answers)).not.toContain(pair.first.number);
      expect(json(answers)).not.toContain(text);
      expect(json(answers)).not.toContain('"follows"');
    }
  });

  test("looks to the public as if it had been archived, and its reporter may still say that it is not the same", async () => {
    const pair = await joined(change);
    await hide(pair);
    const { body } = await pair.second.seenByPublic();
    expect(body).toMatchObject({ status: "archived", statusText: "Diarsipkan" });
    expect(body).not.toHaveProperty("archiveReason");
    expect(body.timeline.map(({ type }: { type: string }) => type)).toEqual(["submitted"]);
    expect(JSON.stringify(body)).not.toMatch(/joined|duplicate|[Gg]abung/);
    expect((await pair.second.seenByReporter()).body.statusText).toBe("Digabung dengan laporan lain");
    const separated = await pair.second.reporter("separation", { text: "Bukan laporan yang sama." });
    expect([separated.status, separated.body.status]).toEqual([200, "submitted"]);
    const after = (await pair.second.seenByPublic()).body;
    expect(after.timeline.map(({ type }: { type: string }) => type)).toEqual(["submitted"]);
    expect(json([await pair.second.seenByReporter()])).not.toContain(pair.first.number);
  });

  test("shows the public by date when its clocks ended and began again, because the history leaves that out", async () => {
    const pair = await joined(change);
    await hide(pair);
    const { second, office } = pair;
    office.at("2026-11-25T09:07:08.123+08:00");
    await second.reporter("separation", { text: "Bukan laporan yang sama." });
    const clocks = await call(second.publicApi, "GET", `/v1/cases/${second.number}/clocks`);
    expect(json([await second.seenByPublic(), clocks])).not.toMatch(/T0[19]:0[67]:/);
    const [first, again] = clocks.body.clocks;
    expect([first.endedAt, again.startedAt]).toEqual(["2026-11-24", "2026-11-25"]);
    expect(first.startedAt).toContain("T");
  });

  test("shows it to whoever may read both: the national administrator, the Ombudsman and the auditor", async () => {
    const pair = await joined(change);
    await hide(pair);
    for (const who of ["national", "observer", "auditor"] as const) {
      const { body } = await pair.second.seenBy(who);
      expect(officerView.parse(body)).toEqual(body);
      expect([who, body.duplicateOf, body.follows?.trackingNumber]).toEqual([
        who,
        pair.first.number,
        pair.first.number,
      ]);
    }
  });
});

describe("a case that is secret itself", () => {
  test("tells the public nothing of the open case that it follows, and its reporter and officers all that is public of it", async () => {
    const pair = await joined({}, { secret: true });
    const { strangers, reporter, officers } = await answersTo(pair);
    expect(json(strangers.slice(0, 2))).not.toContain(pair.first.number);
    expect(json(reporter)).toContain(pair.first.number);
    expect(json(officers)).toContain(pair.first.number);
    expect(json([await pair.first.seenByPublic()])).not.toContain(pair.second.number);
  });
});

describe("cases that anybody may read", () => {
  test("tell everybody which one the other follows and where that one stands, in what their schemas declare", async () => {
    const pair = await joined();
    for (const [view, { body }] of [
      [publicView, await pair.second.seenByPublic()],
      [reporterView, await pair.second.seenByReporter()],
      [officerView, await pair.second.seenBy("admin")],
    ] as const) {
      expect(view.parse(body)).toEqual(body);
      expect(body.follows).toMatchObject({ trackingNumber: pair.first.number, status: "submitted" });
    }
  });

  test("tell nobody of the first where a secret one lies between", async () => {
    const pair = await joined({ secret: true });
    const third = await pair.office.submit({ agencyId: city });
    await pair.first.as("national", "joining", { trackingNumber: third.number });
    expect(json([await pair.second.seenByPublic(), await pair.second.seenByReporter()])).not.toContain(
      third.number,
    );
    expect((await pair.second.seenBy("national")).body.follows.trackingNumber).toBe(third.number);
  });

  test("are archived as a repetition only of a case that the officer may know of", async () => {
    const office = anOffice();
    const secret = await office.submit({ agencyId: city, secret: true });
    const found = await office.submit();
    const same = { reason: "duplicate-of", text, duplicateOf: secret.number };
    const refused = await found.as("admin", "archival", same);
    const unknown = await found.as("admin", "archival", { ...same, duplicateOf: "00000-00000" });
    expect([refused.status, refused.body.errors]).toEqual([400, unknown.body.errors]);
    expect((await found.as("national", "archival", same)).status).toBe(200);
    expect(json([await found.seenByPublic(), await found.seenByReporter()])).not.toContain(secret.number);
  });

  test("are not followed by way of a case that the officer may not know of, so nobody learns that one is there", async () => {
    const office = anOffice();
    const first = await office.submit({ agencyId: city });
    const secret = await office.submit({ agencyId: city, secret: true });
    await secret.as("national", "joining", { trackingNumber: first.number });
    const found = await office.submit();
    const refused = await found.as("admin", "joining", { trackingNumber: secret.number });
    const unknown = await found.as("admin", "joining", { trackingNumber: "00000-00000" });
    expect([refused.status, refused.body.errors]).toEqual([400, unknown.body.errors]);
    // Over a step that everybody may know of, the way leads on.
    const step = await office.submit({ agencyId: city });
    await step.as("national", "joining", { trackingNumber: first.number });
    const joinedTo = (await found.as("admin", "joining", { trackingNumber: step.number })).body.duplicateOf;
    expect(joinedTo).toBe(first.number);
  });
});
