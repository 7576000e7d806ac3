import { createHash } from "node:crypto";
import sharp from "sharp";
import { describe, expect, test, vi } from "vitest";
import { tokenFor } from "../../infra/local/sign-in/token.ts";
import { photo, testVirus } from "../fakes/files.ts";
import { openOffice, road, upload } from "./office.ts";

const office = openOffice();

const city = "admin@balikpapan.example";
const head = "kepala.pu@balikpapan.example";
const unit = "petugas.pu@balikpapan.example";
const observer = "pengamat@ombudsman-ri.example";
const reason = "Pemeriksaan keaslian foto.";
const elsewhere = "petugas@samarinda.example";

async function opened(change: object = {}) {
  const { status, body } = await office.send({ ...road, ...change });
  expect(status).toBe(201);
  const number = body.trackingNumber as string;
  const receipt = { authorization: `Receipt ${body.receipt}` };
  const path = `/v1/cases/${number}/attachments`;
  const fetchAs = (headers: Record<string, string>, at: string) =>
    fetch(`${office.addresses.api}${at}`, { headers, redirect: "manual" });
  return {
    number,
    receipt,
    path,
    ask: (file: object) =>
      office.api(path, {
        method: "POST",
        headers: { ...receipt, "content-type": "application/json" },
        body: JSON.stringify(file),
      }),
    /** Makes a reporter's move. */
    move: (move: string, told: object = {}) =>
      office.api(`/v1/cases/${number}/${move}`, {
        method: "POST",
        headers: { ...receipt, "content-type": "application/json" },
        body: JSON.stringify(told),
      }),
    mine: async () => (await office.api(`/v1/cases/${number}`, { headers: receipt })).body,
    fetch: (attachmentId: string, query = "") => fetchAs(receipt, `${path}/${attachmentId}${query}`),
  };
}
type Opened = Awaited<ReturnType<typeof opened>>;

/** Asks for a form, uploads, and waits until the file is settled. */
async function sent(found: Opened, name: string, type: string, bytes: Uint8Array) {
  const { status, body } = await found.ask({ name, type, size: bytes.length });
  expect(status).toBe(201);
  await upload(body.upload, bytes);
  const settled = await vi.waitFor(
    async () => {
      const { attachments } = await found.mine();
      const one = attachments.find(({ attachmentId }: any) => attachmentId === body.attachmentId);
      expect(one.state).not.toBe("waiting");
      return one;
    },
    { timeout: 12_000, interval: 100 },
  );
  return { ...settled, upload: body.upload };
}

/** What officers do with the original of a file. */
const evidence = ({ number }: Opened, attachmentId: string) => ({
  open: (email: string, because = reason) =>
    office.as(email, "POST", `/v1/officer/cases/${number}/attachments/${attachmentId}/opening`, {
      reason: because,
    }),
  fetchOriginal: async (email: string, url: string) =>
    fetch(`${office.addresses.api}${url}`, {
      headers: { authorization: `Bearer ${await tokenFor(office.addresses, email)}` },
      redirect: "manual",
    }),
});

describe("a photo of a hole in the road", () => {
  test("a photo is uploaded, inspected and given out without where it was taken, to the reporter and officers of the agency only", async () => {
    const found = await opened({ secret: true });
    const original = await photo();
    const one = await sent(found, "Foto jalan <b>.jpg", "image/jpeg", original);
    expect(one).toMatchObject({
      name: "Foto jalan <b>.jpg",
      type: "image/jpeg",
      state: "clean",
      by: "reporter",
    });

    const answer = await found.fetch(one.attachmentId);
    expect(answer.status).toBe(302);
    const download = await fetch(answer.headers.get("location") ?? "");
    expect(download.headers.get("content-type")).toBe("image/jpeg");
    expect(download.headers.get("content-disposition")).toBe(
      `attachment; filename="lampiran-${one.attachmentId.slice(0, 8)}.jpg"`,
    );
    const bytes = Buffer.from(await download.arrayBuffer());
    expect((await sharp(original).metadata()).exif?.toString("latin1")).toContain("TANDA-kamera");
    expect((await sharp(bytes).metadata()).exif).toBeUndefined();
    expect(bytes.toString("latin1")).not.toContain("TANDA");

    const small = await found.fetch(one.attachmentId, "?thumbnail=true");
    const thumbnail = Buffer.from(await (await fetch(small.headers.get("location") ?? "")).arrayBuffer());
    expect((await sharp(thumbnail).metadata()).width).toBeLessThanOrEqual(480);

    const asOfficer = `/v1/officer/cases/${found.number}/attachments/${one.attachmentId}`;
    const seen = await office.as(unit, "GET", `/v1/officer/cases/${found.number}`);
    expect(seen.body.attachments).toMatchObject([{ attachmentId: one.attachmentId, state: "clean" }]);
    expect((await office.as(elsewhere, "GET", asOfficer)).status).toBe(404);
    const { body: seenByPublic } = await office.api(`/v1/cases/${found.number}`);
    expect(seenByPublic.attachments).toBeUndefined();
    expect(JSON.stringify(seenByPublic)).not.toContain(one.attachmentId);
    expect((await office.api(`${found.path}/${one.attachmentId}`)).status).toBe(401);
  });

  test("a photo cannot be had under another case by its id", async () => {
    const mine = await opened();
    const one = await sent(mine, "jalan.jpg", "image/jpeg", await photo());
    const others = await opened();
    expect((await others.fetch(one.attachmentId)).status).toBe(404);
    expect((await others.fetch("0f8fad5b-d9cb-469f-a165-70867728950e")).status).toBe(404);
  });

  test("a photo that is sent a second time with the same form changes nothing", async () => {
    const found = await opened();
    const one = await sent(found, "jalan.jpg", "image/jpeg", await photo());
    await upload(one.upload, await photo({ colour: "#00ff00" }));
    const next = await sent(found, "kedua.jpg", "image/jpeg", await photo());
    expect(next.state).toBe("clean");
    const answer = await found.fetch(one.attachmentId);
    const bytes = Buffer.from(await (await fetch(answer.headers.get("location") ?? "")).arrayBuffer());
    const { dominant } = await sharp(bytes).stats();
    expect(dominant.r).toBeGreaterThan(dominant.g);
  });

  test("the head of the agency opens a photo as it was for a reason, which its reporter reads", async () => {
    const found = await opened();
    const original = await photo();
    const one = await sent(found, "jalan.jpg", "image/jpeg", original);
    const { open, fetchOriginal } = evidence(found, one.attachmentId);
    expect((await open(city)).status).toBe(403);
    const { status, body } = await open(head);
    expect(status).toBe(200);
    const answer = await fetchOriginal(head, body.url);
    expect(answer.status).toBe(302);
    const sealed = await fetch(answer.headers.get("location") ?? "");
    expect(Buffer.from(await sealed.arrayBuffer()).equals(original)).toBe(true);
    const { timeline } = await found.mine();
    expect(timeline.slice(-2)).toMatchObject([
      { type: "attached", by: "reporter" },
      { type: "original-opened", by: "agency-head", content: { reason } },
    ]);
  });
});

describe("a photo of somebody who reports their own boss", () => {
  const name = "Siti Contoh di ruang kepala dinas.jpg";

  test("its original is opened only with consent, is fetched only while that holds, and is erased when its reporter says so", async () => {
    const found = await opened({ anonymous: true, reporter: undefined });
    const original = await photo();
    const one = await sent(found, name, "image/jpeg", original);
    expect(one).toMatchObject({ name, originalRemoved: false });
    const seen = await office.as(head, "GET", `/v1/officer/cases/${found.number}`);
    expect(seen.body.attachments).toMatchObject([{ name: "lampiran-1.jpg" }]);
    const known = createHash("sha256").update(original).digest("hex");
    expect(JSON.stringify(seen.body)).not.toContain(known);

    const { open, fetchOriginal } = evidence(found, one.attachmentId);
    expect((await open(head)).status).toBe(409);
    await found.move("identity-consent", { agreed: true });
    const { body } = await open(head);
    expect((await fetchOriginal(observer, body.url)).status).toBe(409);
    const answer = await fetchOriginal(head, body.url);
    const location = answer.headers.get("location") ?? "";
    expect([answer.status, location.includes(known)]).toEqual([302, false]);
    expect((await fetch(location)).headers.get("content-disposition")).toBe(
      'attachment; filename="asli-1.jpg"',
    );
    await found.move("identity-consent", { agreed: false });
    expect((await fetchOriginal(head, body.url)).status).toBe(409);

    await found.move("identity-consent", { agreed: true });
    await found.move("withdrawal");
    expect([(await open(head)).status, (await open(observer)).status]).toEqual([409, 200]);
    const { upload: late } = one;
    const erased = await found.move("original-erasure");
    expect([erased.status, erased.body.attachments]).toMatchObject([200, [{ originalRemoved: true }]]);
    expect((await found.move("original-erasure")).status).toBe(200);
    expect((await open(observer, "Sekali lagi.")).status).toBe(404);
    expect((await fetch(location)).status).not.toBe(200);
    expect((await found.fetch(one.attachmentId)).status).toBe(302);
    await upload(late, original);
    expect((await found.mine()).timeline.map(({ type }: any) => type)).toEqual([
      "submitted",
      "attached",
      "identity-consented",
      "original-opened",
      "identity-consented",
      "identity-consented",
      "withdrawn",
      "original-opened",
      "originals-erased",
    ]);
  });

  test("a form that was given before the report was withdrawn attaches nothing after it, and says why", async () => {
    const found = await opened({ anonymous: true, reporter: undefined });
    const bytes = await photo();
    const { body } = await found.ask({ name, type: "image/jpeg", size: bytes.length });
    await found.move("withdrawal");
    await upload(body.upload, bytes);
    const one = await vi.waitFor(
      async () => {
        const [only] = (await found.mine()).attachments;
        expect(only.state).not.toBe("waiting");
        return only;
      },
      { timeout: 12_000, interval: 100 },
    );
    expect(one).toMatchObject({ state: "refused", reason: "case-ended" });
    expect((await found.mine()).timeline.map(({ type }: any) => type)).toEqual(["submitted", "withdrawn"]);
  });

  test("ten unused forms of a reporter leave officers their places", async () => {
    const found = await opened();
    const file = { name, type: "image/jpeg", size: 1000 };
    for (let form = 0; form < 10; form++) expect((await found.ask(file)).status).toBe(201);
    expect((await found.ask(file)).status).toBe(409);
    const path = `/v1/officer/cases/${found.number}/attachments`;
    expect((await office.as(unit, "POST", path, file)).status).toBe(201);
  });
});

describe("a file that is not what it says", () => {
  test.each([
    [
      "an SVG with a script",
      "gambar.jpg",
      "image/jpeg",
      Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'),
      "unknown-type",
    ],
    ["the test virus", "dokumen.pdf", "application/pdf", testVirus, "malware"],
  ])(
    "%s is refused with a sentence that its sender can read, and the case stays as it was",
    async (_what, name, type, bytes, reason) => {
      const found = await opened();
      const one = await sent(found, name, type, bytes);
      expect(one).toMatchObject({ state: "refused", reason });
      expect(one.stateText.length).toBeGreaterThan(40);
      expect((await found.fetch(one.attachmentId)).status).toBe(404);
      expect((await found.mine()).version).toBe(1);
      expect((await office.as(unit, "GET", `/v1/officer/cases/${found.number}`)).body.attachments).toEqual(
        [],
      );
    },
  );
});
