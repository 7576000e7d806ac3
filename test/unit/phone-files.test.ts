import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isPacked } from "../../shared/attachment/inspection/inspection.ts";
import { officeFile } from "../../shared/attachment/inspection/office.ts";
import { film, heicPhoto, photo } from "../fakes/files.ts";
import { amr, mp3, ogg, webm } from "../fakes/marked-sounds.ts";
import { anOffice } from "../fakes/office.ts";
import { officeDocument, packed, type PackedPart, relation } from "../fakes/packed-documents.ts";
import type { Who } from "../fakes/staff.ts";

const word = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
const excel = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/** Sends a file as the reporter. Returns how the reporter sees it, and the people of its case. */
async function sent(
  told: object,
  bytes: Buffer,
  change: Parameters<ReturnType<typeof anOffice>["submit"]>[0] = {},
) {
  const office = anOffice();
  const found = await office.submit(change);
  const { status, body } = await found.reporter("attachments", {
    name: "bukti",
    size: bytes.length,
    ...told,
  });
  if (status !== 201) return { office, found, status, body, one: undefined };
  await found.inspect(office.files.upload(body.upload.fields.key, bytes));
  const [one] = (await found.seenByReporter()).body.attachments;
  return { office, found, status, body, one };
}

describe("what phones and offices call a file", () => {
  test.each([
    ...[
      "image/jpeg",
      "image/jpg",
      "image/pjpeg",
      "IMAGE/JPEG",
      "IMAGE/JPEG; charset=binary",
      " image/jpeg\u200B",
    ],
    ...[
      "",
      "application/octet-stream",
      "binary/octet-stream",
      "image/*",
      "*/*",
      "application/x-unknown",
      "jpg",
      ".JPG",
      "null",
    ],
    ...["image/heif", "image/png", "video/mp4", "audio/amr", "application/wps-office.docx", word],
  ])('A photo that is sent as "%s" is taken as a photo', async (type) => {
    const { one } = await sent({ type }, await photo());
    expect([one?.state, one?.type]).toEqual(["clean", "image/jpeg"]);
  });

  test.each([[{}], [{ type: null }]])(
    "A photo whose type nobody says (%j) is taken as a photo",
    async (told) => {
      expect((await sent(told, await photo())).one?.type).toBe("image/jpeg");
    },
  );

  test.each<[string, string, () => Buffer, string]>([
    ["a photo of an iPhone", "image/heif", () => heicPhoto, "image/jpeg"],
    ["a film of an iPhone", "video/quicktime", () => film({ brand: "qt  " }), "video/mp4"],
    ["a film of an old phone", "video/3gpp", () => film({ brand: "3gp5" }), "video/mp4"],
    [
      "a voice note of an iPhone",
      "audio/x-m4a",
      () => film({ brand: "M4A ", ownTrack: "soun" }),
      "audio/mp4",
    ],
    ["a voice note of a messenger", "audio/ogg; codecs=opus", () => Buffer.concat(ogg()), "audio/ogg"],
    [
      "a voice note that says only where it came from",
      "application/ogg",
      () => Buffer.concat(ogg()),
      "audio/ogg",
    ],
    ["a voice note of an old phone", "audio/amr", amr, "audio/amr"],
    ["a recording of a browser", "audio/webm;codecs=opus", webm, "audio/ogg"],
    ["a recording of a dictaphone", "audio/mp3", () => Buffer.concat(mp3()), "audio/mpeg"],
  ])("%s (%s) is taken, and officers get a copy", async (_what, type, build, copied) => {
    const { found, one } = await sent({ type }, build());
    expect([one?.state, one?.type]).toEqual(["clean", copied]);
    expect((await found.fetch(one.attachmentId, "worker")).status).toBe(302);
    expect((await found.seenByPublic()).body.attachments).toBeUndefined();
  });

  test.each([
    "text/html",
    "image/svg+xml",
    "image/gif",
    "application/vnd.ms-word.document.macroEnabled.12",
    "x",
  ])('"%s" is refused before it is sent, with what we take', async (type) => {
    const { status, body } = await sent({ type }, Buffer.from("x"));
    expect([status, body.errors.map(({ path }: any) => path)]).toEqual([400, ["type"]]);
    expect(body.errors[0].message).toMatch(/Word \(\.docx\)/);
  });

  test("whatever is in a file that says nothing true of itself, it is a photo or it is refused, and nothing is half done", async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ minLength: 1, maxLength: 300 }), async (bytes) => {
        const { one, office } = await sent({ type: "" }, Buffer.from(bytes));
        expect([one?.state, one?.reason]).toEqual([
          "refused",
          expect.stringMatching(/^(unknown-type|unreadable)$/),
        ]);
        expect(office.files.kept.size).toBe(0);
      }),
      { numRuns: 20 },
    );
  });

  test("the reporter is told, before a voice is sent, who hears it", async () => {
    const { body } = await sent({ type: "audio/ogg" }, Buffer.concat(ogg()));
    expect(body.notice).toMatch(/Suara Anda dapat dikenali.*tidak pernah oleh publik.*Word dan Excel/s);
  });
});

describe("a Word or Excel document", () => {
  test.each([
    ["word", word],
    ["excel", excel],
  ] as const)("A document of %s is told by its content, and never unpacked whole", (kind, type) => {
    const bytes = officeDocument({ kind });
    expect([isPacked(bytes), officeFile(bytes)]).toEqual([true, { type }]);
  });

  const part = (name: string, more: Partial<PackedPart> = {}): { parts: PackedPart[] } => ({
    parts: [{ name, text: "x", ...more }],
  });
  const template = "application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml";
  test.each<[string, () => Buffer, string]>([
    ["with macros", () => officeDocument(part("word/vbaProject.bin")), "active-content"],
    [
      "with macros under another name",
      () =>
        officeDocument({
          moreTypes: '<Default Extension="dat" ContentType="application/vnd.ms-office.vbaProject"/>',
        }),
      "active-content",
    ],
    [
      "with macros under a name that is written with codes of letters",
      () =>
        officeDocument({
          moreTypes: '<Default Extension="dat" ContentType="application/vnd.ms-office.vba&#80;roject"/>',
        }),
      "active-content",
    ],
    [
      "whose macros are its type (.docm)",
      () => officeDocument({ type: "application/vnd.ms-word.document.macroEnabled.main+xml" }),
      "active-content",
    ],
    [
      "with macros of old Excel",
      () => officeDocument({ kind: "excel", ...part("xl/macrosheets/sheet1.xml") }),
      "active-content",
    ],
    [
      "with another file in it",
      () => officeDocument(part("word/embeddings/oleObject1.bin")),
      "active-content",
    ],
    ["with a control", () => officeDocument(part("word/activeX/activeX1.xml")), "active-content"],
    [
      "that fetches a template",
      () => officeDocument({ inRelations: [relation("attachedTemplate")] }),
      "active-content",
    ],
    ["that fetches a picture", () => officeDocument({ inRelations: [relation("image")] }), "active-content"],
    [
      "that fetches something by a word that is written with codes of letters",
      () => officeDocument({ inRelations: [relation("image", "x", "TargetMode='Ext&#x65;rnal'")] }),
      "active-content",
    ],
    [
      "that fetches something by a word with many noughts in the codes of letters",
      () => officeDocument({ inRelations: [relation("image", "x", "TargetMode='&#x0000000045;xternal'")] }),
      "active-content",
    ],
    [
      "that fetches something whose address holds the end of a tag",
      () => officeDocument({ inRelations: [relation("image", "https://contoh.example/a>b")] }),
      "active-content",
    ],
    [
      "that fetches something whose address says that it is a link",
      () =>
        officeDocument({ inRelations: [relation("image", "https://contoh.example/?Type='x/hyperlink'")] }),
      "active-content",
    ],
    [
      "that fetches something whose address says in codes of letters that it is a link",
      () =>
        officeDocument({
          inRelations: [relation("image", "https://contoh.example/&#34; Type=&#34;x/hyperlink")],
        }),
      "active-content",
    ],
    [
      "whose list of relations cannot be read whole",
      () => officeDocument({ inRelations: ['<Relationship Id="r2" <', relation("image")] }),
      "unreadable",
    ],
    ...["vbaProject", "oleObject", "package", "control", "xlMacrosheet", "aFChunk", "externalLink"].map(
      (kind): [string, () => Buffer, string] => [
        `that is joined to a part of an innocent name as ${kind}`,
        () => officeDocument({ ...part("word/a.dat"), inRelations: [relation(kind, "word/a.dat", "")] }),
        "active-content",
      ],
    ),
    ["that asks for a password", () => officeDocument(part("word/a.xml", { flags: 1 })), "encrypted"],
    ["that is a template", () => officeDocument({ type: template }), "unknown-type"],
    [
      "that is a program for phones",
      () => packed([{ name: "AndroidManifest.xml", text: "x" }]),
      "unknown-type",
    ],
    ["that lists a part twice", () => officeDocument(part("word/document.xml")), "unreadable"],
    [
      "whose list calls a part another name",
      () => officeDocument(part("word/a.xml", { listedAs: "word/b.xml" })),
      "unreadable",
    ],
    [
      "whose parts lie in each other",
      () => officeDocument(part("word/a.xml", { listedAt: 0 })),
      "unreadable",
    ],
    ["with a part outside itself", () => officeDocument(part("../a.xml")), "unreadable"],
    [
      "that unpacks to gigabytes",
      () => officeDocument(part("word/media/a.png", { unpacked: 3_000_000_000 })),
      "unreadable",
    ],
    [
      "whose list of types unpacks to gigabytes",
      () => packed([{ name: "[Content_Types].xml", text: Buffer.alloc(40_000_000) }]),
      "unreadable",
    ],
    [
      "in another encoding",
      () => packed([{ name: "[Content_Types].xml", text: Buffer.from("<Types/>", "utf16le") }]),
      "unreadable",
    ],
    ["that was cut off", () => officeDocument().subarray(0, 700), "unknown-type"],
  ])("A document %s is refused", (_what, build, refused) => {
    expect(officeFile(build())).toEqual({ refused });
  });

  test.each<[string, () => Buffer]>([
    ["a link that waits for a click", () => officeDocument({ inRelations: [relation("hyperlink")] })],
    [
      "a link whose address holds a quote",
      () => officeDocument({ inRelations: [relation("hyperlink", "https://contoh.example/?nama='a'")] }),
    ],
    ["pictures", () => officeDocument(part("word/media/image1.png"))],
    [
      "settings of a printer",
      () => officeDocument({ kind: "excel", ...part("xl/printerSettings/printerSettings1.bin") }),
    ],
  ])("A document with %s is taken", (_what, build) => {
    expect(officeFile(build())).toHaveProperty("type");
  });

  test("a document that was damaged anywhere is taken or refused, and brings nothing down", () => {
    const whole = officeDocument();
    fc.assert(
      fc.property(fc.nat(whole.length - 1), fc.nat(255), fc.nat(whole.length), (at, byte, length) => {
        const damaged = Buffer.from(whole.subarray(0, Math.max(length, 1)));
        if (at < damaged.length) damaged[at] = byte;
        const outcome = officeFile(damaged);
        if ("refused" in outcome)
          expect(["unknown-type", "unreadable", "encrypted", "active-content"]).toContain(outcome.refused);
      }),
      { numRuns: 500 },
    );
  });

  const document = () => sent({ name: "bukti.docx", type: word }, officeDocument());

  test("a document is kept sealed alone: no copy, no thumbnail, and the reporter is told what it tells", async () => {
    const { office, found, one } = await document();
    expect([one.state, one.type, one.size]).toEqual(["clean", word, officeDocument().length]);
    expect([...office.files.kept.keys()].map((key) => key.split("/")[0])).toEqual(["sealed"]);
    expect(one.stateText).toMatch(/nama penulis.*Publik tidak pernah.*PDF/s);
    expect(one.warning).toBeUndefined();
    const own = await found.fetch(one.attachmentId);
    expect([own.status, own.body.detail]).toEqual([404, expect.stringContaining("tersegel")]);
  });

  test.each<Who>(["worker", "admin", "liaison", "head"])(
    "a document is opened by %s of its case, for a reason that the reporter reads",
    async (who) => {
      const { found, one } = await document();
      await found.as("admin", "verification");
      const seen = (await found.seenBy(who)).body.attachments[0];
      expect(seen.warning).toMatch(/Tampilan Terproteksi/);
      expect((await found.fetch(one.attachmentId, who)).status).toBe(404);
      expect((await found.fetchOriginal(who, one.attachmentId)).status).toBe(409);
      const opened = await found.openOriginal(who, one.attachmentId, "Memeriksa bukti.");
      expect(opened.status).toBe(200);
      const fetched = await found.fetchOriginal(who, one.attachmentId);
      expect([fetched.status, fetched.headers.location]).toEqual([302, expect.stringMatching(/sealed/)]);
      const { timeline } = (await found.seenByReporter()).body;
      expect(JSON.stringify(timeline)).toContain("Memeriksa bukti.");
    },
  );

  test("a document is opened by nobody of another agency, and a photo's original still by the head alone", async () => {
    const { found, one } = await document();
    expect((await found.openOriginal("elsewhere", one.attachmentId)).status).toBe(404);
    const photographed = await sent({ type: "image/jpg" }, await photo());
    expect((await photographed.found.openOriginal("worker", photographed.one.attachmentId)).status).toBe(403);
  });

  test("a document of an anonymous reporter names its writer, so it is opened once they agree", async () => {
    const { found, one } = await sent({ type: word }, officeDocument(), { anonymous: true });
    await found.as("admin", "verification");
    const closed = await found.openOriginal("worker", one.attachmentId);
    expect([closed.status, closed.body.detail]).toEqual([409, expect.stringMatching(/nama penulisnya.*PDF/)]);
    expect((await found.reporter("identity-consent", { agreed: true })).status).toBe(200);
    expect((await found.openOriginal("worker", one.attachmentId)).status).toBe(200);
  });

  test("a document that its reporter had erased is gone, and says so", async () => {
    const { office, found, one } = await document();
    await found.as("admin", "verification");
    expect((await found.reporter("original-erasure")).status).toBe(200);
    expect(office.files.kept.size).toBe(0);
    const seen = (await found.seenBy("worker")).body.attachments[0];
    expect([seen.originalRemoved, seen.warning, seen.stateText]).toEqual([
      true,
      undefined,
      expect.stringContaining("sudah dihapus"),
    ]);
    expect((await found.openOriginal("worker", one.attachmentId)).status).toBe(404);
  });

  test("an officer who attaches a document is told to send a PDF: by its type before, by its content after", async () => {
    const office = anOffice();
    const found = await office.submit();
    await found.as("admin", "verification");
    const told = { name: "jawaban.docx", size: 10_000 };
    const early = await found.as("worker", "attachments", { ...told, type: word });
    expect([early.status, early.body.errors[0].message]).toEqual([400, expect.stringContaining("PDF")]);
    const form = await found.as("worker", "attachments", { ...told, type: "" });
    await found.inspect(office.files.upload(form.body.upload.fields.key, officeDocument()));
    const [one] = (await found.seenBy("worker")).body.attachments;
    expect([one.state, one.reason, one.stateText]).toEqual([
      "refused",
      "not-public",
      expect.stringContaining("PDF"),
    ]);
    expect(office.files.kept.size).toBe(0);
  });
});
