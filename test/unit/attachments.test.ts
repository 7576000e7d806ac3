import { crc32, deflateSync } from "node:zlib";
import { PDFDocument, PDFName } from "@cantoo/pdf-lib";
import sharp from "sharp";
import { describe, expect, test } from "vitest";
import { uploadOf } from "../../shared/attachment/folders.ts";
import { inspect } from "../../shared/attachment/inspection/inspection.ts";
import { fileType } from "../../shared/case/views/attachment-view.ts";
import { film, heicPhoto, photo, testVirus } from "../fakes/files.ts";
import { anOffice } from "../fakes/office.ts";
import { memoryOutbox } from "../fakes/outbox.ts";

const limits = { megapixels: 50 };
const looked = async (bytes: Uint8Array) => {
  const outcome = await inspect(bytes, limits);
  if ("refused" in outcome) throw new Error(outcome.refused);
  return outcome;
};
const text = (bytes: Uint8Array) => Buffer.from(bytes).toString("latin1");

const pdf = async (change: (document: PDFDocument) => unknown = () => {}) => {
  const document = await PDFDocument.create();
  document.addPage([200, 200]);
  await change(document);
  return Buffer.from(await document.save());
};

/** A PNG that says that it is so large, with a checksum that fits. */
const claiming = async (width: number, height: number) => {
  const png = await sharp({ create: { width: 8, height: 8, channels: 3, background: "#fff" } })
    .png()
    .toBuffer();
  png.writeUInt32BE(width, 16);
  png.writeUInt32BE(height, 20);
  png.writeUInt32BE(crc32(png.subarray(12, 29)), 29);
  return png;
};

describe("the copy that is given out", () => {
  test("the copy of a photo has the same picture, and does not say where, when and with what it was taken", async () => {
    const original = await photo({ width: 800, height: 600 });
    expect(text(original)).toContain("TANDA-kamera");
    const { copy, originalType } = await looked(original);
    expect([originalType, copy.type]).toEqual(["image/jpeg", "image/jpeg"]);
    const { width, height, exif, xmp, iptc } = await sharp(copy.bytes).metadata();
    expect([width, height, exif, xmp, iptc]).toEqual([800, 600, undefined, undefined, undefined]);
    expect(text(copy.bytes)).not.toContain("TANDA");
    const small = await sharp(copy.thumbnail).metadata();
    expect([small.width, small.height, small.exif]).toEqual([480, 360, undefined]);
  });

  test("the copy of a photo that was taken with a turned phone stands upright", async () => {
    const turned = await sharp(await photo({ width: 800, height: 600 }))
      .withMetadata({ orientation: 6 })
      .toBuffer();
    const { width, height } = await sharp((await looked(turned)).copy.bytes).metadata();
    expect([width, height]).toEqual([600, 800]);
  });

  test.each(["png", "webp"] as const)("the copy of a %s keeps its type", async (format) => {
    const original = await sharp(await photo())
      .keepMetadata()
      .toFormat(format)
      .toBuffer();
    expect(text(original)).toContain("TANDA");
    const { copy } = await looked(original);
    expect(copy.type).toBe(`image/${format}`);
    expect(text(copy.bytes)).not.toContain("TANDA");
  });

  test("the copy of a HEIC photo is a JPEG, which every reader can open", async () => {
    expect(text(heicPhoto)).toContain("TANDA-kamera");
    const { copy, originalType } = await looked(heicPhoto);
    expect([originalType, copy.type]).toEqual(["image/heic", "image/jpeg"]);
    expect(text(copy.bytes)).not.toContain("TANDA");
    const { width, height } = await sharp(copy.bytes).metadata();
    expect([width, height].sort()).toEqual([48, 64]);
  });

  test("the copy of a PDF shows its pages, and not who wrote it, with what, or an earlier version", async () => {
    const original = await pdf((document) => {
      document.setAuthor("TANDA-penulis");
      document.setProducer("TANDA-program");
      const metadata = document.context.stream("<x:xmpmeta>TANDA-xmp</x:xmpmeta>", { Type: "Metadata" });
      document.catalog.set(PDFName.of("Metadata"), document.context.register(metadata));
    });
    const { copy } = await looked(original);
    const again = await PDFDocument.load(copy.bytes, { updateMetadata: false });
    expect([again.getPageCount(), again.getAuthor(), again.getProducer()]).toEqual([1, undefined, undefined]);
    for (const [, object] of again.context.enumerateIndirectObjects())
      expect(object.toString()).not.toContain("TANDA");
  });

  test("the copy of a film is as long, keeps pictures and sound, and has zeros where the film said where and when", async () => {
    const original = film();
    const { copy } = await looked(original);
    expect(copy.type).toBe("video/mp4");
    expect(copy.bytes.length).toBe(original.length);
    expect(text(copy.bytes)).toContain("GAMBAR-GAMBAR");
    expect(text(copy.bytes)).not.toContain("TANDA");
    const recorded = Buffer.alloc(4);
    recorded.writeUInt32BE(3_860_000_000);
    expect(Buffer.from(copy.bytes).includes(recorded)).toBe(false);
    const sound = await looked(film({ brand: "M4A ", ownTrack: "soun" }));
    expect(sound.copy.type).toBe("audio/mp4");
  });

  test("the copy of a photo that is a web page too is only a photo", async () => {
    const polyglot = Buffer.concat([await photo(), Buffer.from("<script>TANDA()</script>")]);
    expect(text((await looked(polyglot)).copy.bytes)).not.toContain("script");
  });
});

describe("what is refused", () => {
  const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>');
  const html = Buffer.from("<!doctype html><script>alert(1)</script>");
  const zip = Buffer.concat([Buffer.from("PK\u0003\u0004\u0014\u0000", "latin1"), Buffer.alloc(100)]);
  const bomb = () =>
    pdf((document) => {
      const packed = deflateSync(Buffer.alloc(300 * 1024 * 1024));
      document.context.register(document.context.flateStream(""));
      document.context.register(document.context.stream(new Uint8Array(packed), { Filter: "FlateDecode" }));
    });
  const program = (action: object) =>
    pdf((document) =>
      document.catalog.set(
        PDFName.of("OpenAction"),
        document.context.register(document.context.obj(action as never)),
      ),
    );

  test.each<[string, () => Promise<Buffer> | Buffer, string]>([
    ["an SVG with a script under an image's name", () => svg, "unknown-type"],
    ["a web page under an image's name", () => html, "unknown-type"],
    ["a zip file under an image's name", () => zip, "unknown-type"],
    ["a program", () => Buffer.from("MZ\u0090\u0000\u0003", "latin1"), "unknown-type"],
    ["nothing but zeros", () => Buffer.alloc(1000), "unknown-type"],
    ["a PNG of 100 megapixels", () => claiming(10_000, 10_000), "too-many-pixels"],
    ["a JPEG without its end", async () => (await photo()).subarray(0, 1500), "unreadable"],
    ["a PNG with a broken body", async () => (await claiming(8, 9)).fill(0, 50), "unreadable"],
    ["a HEIC without its end", () => heicPhoto.subarray(0, 500), "unreadable"],
    [
      "a PDF with JavaScript",
      () => pdf((document) => document.addJavaScript("a", "app.alert(1)")),
      "active-content",
    ],
    ["a PDF that starts a program", () => program({ S: "Launch", F: "a.exe" }), "active-content"],
    [
      "a PDF that goes to the web by itself",
      () => program({ S: "URI", URI: "https://a.example" }),
      "active-content",
    ],
    [
      "a PDF with a file in it",
      () => pdf((document) => document.attach(Buffer.from("x"), "a.exe")),
      "active-content",
    ],
    ["a PDF whose pages unpack to 300 MB", bomb, "unreadable"],
    ["a PDF without its end", async () => (await pdf()).subarray(0, 200), "unreadable"],
    ["a film whose boxes are longer than the film", () => film().subarray(0, 400), "unreadable"],
    ["a film without pictures and sound", () => film({ ownTrack: "text" }), "unreadable"],
  ])("the inspection refuses %s", async (_what, make, reason) => {
    expect(await inspect(await make(), limits)).toEqual({ refused: reason });
  });

  test("an upload is refused before it is sent where its name has folders, control characters or marks of direction, or where it is too large", async () => {
    const found = await anOffice().submit();
    const wrong: [object, string][] = [
      [{ name: "../../etc/passwd" }, "name"],
      [{ name: "foto\u0000.jpg" }, "name"],
      [{ name: "foto\u202Egpj.exe" }, "name"],
      [{ name: "a\r\nb: c" }, "name"],
      [{ type: "image/svg+xml" }, "type"],
      [{ size: 25 * 1024 * 1024 + 1 }, "size"],
      [{ size: 0 }, "size"],
    ];
    for (const [change, path] of wrong) {
      const { status, body } = await found.reporter("attachments", {
        name: "foto.jpg",
        type: "image/jpeg",
        size: 10,
        ...change,
      });
      expect([change, status, body.errors[0].path]).toEqual([change, 400, path]);
    }
  });

  test("a refusal says why in both languages, in words that name no technique", async () => {
    const office = anOffice();
    const found = await office.submit();
    const { body } = await found.reporter("attachments", { name: "foto.jpg", type: "image/jpeg", size: 500 });
    await found.inspect(office.files.upload(body.upload.fields.key, Buffer.from("<html>")));
    const [one] = (await found.seenByReporter()).body.attachments;
    expect(one).toMatchObject({ state: "refused", reason: "unknown-type" });
    expect(one.stateText).toMatch(/^Isi berkas ini bukan JPEG/);
  });
});

describe("an upload", () => {
  const file = { name: "foto.jpg", type: "image/jpeg", size: 100_000 };
  const asked = async (change: object = {}) => {
    const office = anOffice();
    const found = await office.submit(change);
    const { status, body } = await found.reporter("attachments", file);
    expect(status).toBe(201);
    const attachmentId = body.attachmentId as string;
    const key = body.upload.fields.key as string;
    const state = async () => (await found.seenByReporter()).body.attachments[0]?.state;
    return { office, found, attachmentId, key, state };
  };

  test("a clean upload becomes part of the case once, by an event of its sender, however often its message comes", async () => {
    const { office, found, attachmentId, key } = await asked();
    expect((await found.fetch(attachmentId)).status).toBe(404);
    const upload = office.files.upload(key, await photo());
    await Promise.all([found.inspect(upload), found.inspect(upload)]);
    await found.inspect(upload);
    const { body } = await found.seenByReporter();
    expect(body.timeline.map(({ type, by }: any) => [type, by])).toEqual([
      ["submitted", "reporter"],
      ["attached", "reporter"],
    ]);
    expect((await found.fetch(attachmentId)).status).toBe(302);
    expect([...office.files.kept.keys()].map((kept) => kept.split("/")[0]).sort()).toEqual([
      "clean",
      "sealed",
      "thumbnails",
    ]);
  });

  test("the export of a reporter's data lists their clean uploads", async () => {
    const { office, found, attachmentId, key } = await asked();
    await found.inspect(office.files.upload(key, await photo()));
    const { status, body } = await found.personalData();
    expect([status, body.case.attachments]).toMatchObject([200, [{ attachmentId, state: "clean" }]]);
    const href = `/v1/cases/${found.number}/attachments/${attachmentId}`;
    expect(body.files).toEqual([{ attachmentId, name: file.name, href }]);
  });

  test("an upload under the key of one that was inspected changes nothing", async () => {
    const { office, found, key, state } = await asked();
    const first = office.files.upload(key, await photo());
    await found.inspect(first);
    const before = [...office.files.kept];
    await found.inspect(office.files.upload(key, testVirus));
    expect([...office.files.kept]).toEqual(before);
    expect(await state()).toBe("clean");
  });

  test("an upload that is larger than announced, or holds the test virus, is refused, and nothing of it is kept", async () => {
    for (const bytes of [Buffer.alloc(100_001), Buffer.concat([await photo(), testVirus])]) {
      const { office, found, key, state } = await asked();
      await found.inspect(office.files.upload(key, bytes));
      expect([await state(), office.files.kept.size]).toEqual(["refused", 0]);
      expect((await office.cases.get(found.number))?.version).toBe(1);
    }
  });

  test("an upload that brings the inspection down is refused the fourth time", async () => {
    const { office, found, key, state } = await asked();
    const upload = office.files.upload(key, await photo());
    const falls = () => Promise.reject(new Error("out of memory"));
    for (let times = 0; times < 3; times++) await expect(found.inspect(upload, {}, falls)).rejects.toThrow();
    expect(await state()).toBe("waiting");
    await found.inspect(upload, {}, falls);
    expect(await state()).toBe("refused");
  });

  test("an upload waits for the scanner's verdict, is asked about again later, and is not opened before", async () => {
    const { office, found, key, state } = await asked();
    const upload = office.files.upload(key, await photo());
    const later = memoryOutbox<{ waits: number }>();
    const scanned = { malwareScan: "guardduty", later } as const;
    await found.inspect(upload, scanned);
    expect([await state(), later.messages]).toEqual(["waiting", [{ ...upload, waits: 1 }]]);
    office.files.verdicts.set(upload.versionId ?? "", "clean");
    await found.inspect(upload, scanned);
    expect(await state()).toBe("clean");
  });

  test("an upload is refused where the scanner finds malware or cannot read it", async () => {
    for (const [verdict, reason] of [
      ["malware", "malware"],
      ["unknown", "not-scanned"],
    ] as const) {
      const { office, found, key } = await asked();
      const upload = office.files.upload(key, await photo());
      office.files.verdicts.set(upload.versionId ?? "", verdict);
      await found.inspect(upload, { malwareScan: "guardduty" });
      expect((await found.seenByReporter()).body.attachments[0].reason).toBe(reason);
    }
  });

  test("a case takes ten uploads, and refused ones make room again", async () => {
    const office = anOffice();
    const found = await office.submit();
    const answers = await Promise.all(Array.from({ length: 12 }, () => found.reporter("attachments", file)));
    expect(answers.map(({ status }) => status).filter((status) => status === 201).length).toBeLessThanOrEqual(
      10,
    );
    while ((await found.reporter("attachments", file)).status === 201);
    const { attachments } = await office.attachments.of(found.number);
    expect(attachments).toHaveLength(10);
    const [one] = attachments;
    await found.inspect(
      office.files.upload(`uploads/${found.number}/${one?.attachmentId}`, Buffer.from("bukan gambar")),
    );
    expect((await found.reporter("attachments", file)).status).toBe(201);
  });

  test("unused forms of a reporter take no place of officers, nor the other way round", async () => {
    const office = anOffice();
    const found = await office.submit({ anonymous: true });
    const byReporter = async () => (await found.reporter("attachments", file)).status;
    const byOfficer = async () => (await found.as("worker", "attachments", file)).status;
    for (let form = 0; form < 10; form++) expect(await byReporter()).toBe(201);
    expect(await byReporter()).toBe(409);
    for (let form = 0; form < 10; form++) expect(await byOfficer()).toBe(201);
    const { status, body } = await found.as("admin", "attachments", file);
    expect([status, body.detail]).toEqual([409, expect.stringContaining("sesudah 25 menit")]);
  });

  test("unused forms give their places back soon after they expire, and an upload that came keeps its place while it waits", async () => {
    const office = anOffice();
    const found = await office.submit();
    const ask = async () => (await found.reporter("attachments", file)).status;
    const first = await found.reporter("attachments", file);
    while ((await ask()) === 201);
    const upload = office.files.upload(first.body.upload.fields.key, await photo());
    const slow = { malwareScan: "guardduty", later: memoryOutbox<{ waits: number }>() } as const;
    await found.inspect(upload, slow);
    office.at("2026-11-24T09:24:59+08:00");
    expect(await ask()).toBe(409);
    office.at("2026-11-24T09:25:00+08:00");
    const { attachments } = (await found.seenByReporter()).body;
    expect(attachments.map((one: any) => one.attachmentId)).toEqual([first.body.attachmentId]);
    for (let form = 0; form < 9; form++) expect(await ask()).toBe(201);
    expect(await ask()).toBe(409);
    office.files.verdicts.set(upload.versionId ?? "", "clean");
    await found.inspect(upload, slow);
    expect((await found.seenByReporter()).body.attachments[0].state).toBe("clean");
  });

  test("forms that were never used lock nobody out for good: after thirty in a day the next one is given a day later", async () => {
    const office = anOffice();
    const found = await office.submit();
    const ask = async () => (await found.reporter("attachments", file)).status;
    for (const hour of ["09", "10", "11"]) {
      office.at(`2026-11-24T${hour}:00:00+08:00`);
      for (let form = 0; form < 10; form++) expect(await ask()).toBe(201);
    }
    office.at("2026-11-24T12:00:00+08:00");
    expect(await ask()).toBe(429);
    expect((await found.as("worker", "attachments", file)).status).toBe(201);
    office.at("2026-11-25T09:00:00+08:00");
    expect(await ask()).toBe(201);
  });

  test("an upload that came after its form had expired is refused with the reason; one that came in time waits as long as the inspection is down", async () => {
    for (const [came, state, reason] of [
      ["2026-11-24T01:24:59Z", "clean", undefined],
      ["2026-11-24T01:25:00Z", "refused", "too-late"],
      ["2026-11-24T05:00:00Z", "refused", "too-late"],
    ] as const) {
      const { office, found, key } = await asked();
      office.at("2026-11-24T15:00:00+08:00");
      await found.inspect({ ...office.files.upload(key, await photo()), at: came });
      const [one] = (await found.seenByReporter()).body.attachments;
      expect([one.state, one.reason]).toEqual([state, reason]);
      expect([office.files.uploads.size, office.files.kept.size]).toEqual([0, state === "clean" ? 3 : 0]);
    }
    const { office, found, key } = await asked();
    office.at("2026-11-24T13:00:00+08:00");
    await found.inspect(office.files.upload(key, await photo()));
    expect((await found.seenByReporter()).body.attachments[0].reason).toBe("too-late");
  });

  test("an upload of another type than announced is taken as what it is", async () => {
    const { office, found, key, state } = await asked();
    await found.inspect(office.files.upload(key, await pdf()));
    const [one] = (await found.seenByReporter()).body.attachments;
    expect([await state(), one.type, one.name]).toEqual(["clean", "application/pdf", "foto.jpg"]);
  });

  test("a sound that its phone calls a film is taken, because both are MP4", async () => {
    const office = anOffice();
    const found = await office.submit();
    const told = { name: "rekaman.m4a", type: "audio/mp4", size: 100_000 };
    const { body } = await found.reporter("attachments", told);
    await found.inspect(office.files.upload(body.upload.fields.key, film({ ownTrack: "soun" })));
    expect((await found.seenByReporter()).body.attachments[0].state).toBe("clean");
  });

  test("a form of one case attaches nothing to another, and an upload without a form is erased", async () => {
    const { office, found, attachmentId } = await asked();
    const other = await office.submit();
    const before = await office.cases.get(other.number);
    await found.inspect(office.files.upload(`uploads/${other.number}/${attachmentId}`, await photo()));
    expect([await office.cases.get(other.number), (await other.seenByReporter()).body.attachments]).toEqual([
      before,
      [],
    ]);
    expect([office.files.uploads.size, office.files.kept.size]).toEqual([0, 0]);
  });

  test("an upload is erased once it is settled, and so is one that its form sends after that", async () => {
    const { office, found, key } = await asked();
    await found.inspect(office.files.upload(key, await photo()));
    expect(office.files.uploads.size).toBe(0);
    await found.inspect(office.files.upload(key, await photo({ colour: "#00ff00" })));
    expect([office.files.uploads.size, office.files.kept.size]).toEqual([0, 3]);
    expect((await office.cases.get(found.number))?.version).toBe(2);
  });

  test("an upload under a key that is none of ours is left alone", () => {
    for (const key of [
      "uploads/x",
      "sealed/AAAAA-BBBBB/0f8fad5b-d9cb-469f-a165-70867728950e",
      "uploads/../a/b",
    ])
      expect(uploadOf(key)).toBeUndefined();
    expect(fileType.options).not.toContain("image/svg+xml");
  });

  test("only the parties of a case see its uploads, and only the sender's side sees one that is not clean", async () => {
    const { office, found, attachmentId, key } = await asked({ secret: true });
    const ids = async (who: Parameters<typeof found.seenBy>[0]) =>
      (await found.seenBy(who)).body.attachments.map((one: any) => one.attachmentId);
    expect(await ids("worker")).toEqual([]);
    expect((await found.fetch(attachmentId, "worker")).status).toBe(404);
    await found.inspect(office.files.upload(key, await photo()));
    expect([await ids("worker"), await ids("observer"), await ids("auditor")]).toEqual([
      [attachmentId],
      [attachmentId],
      [],
    ]);
    expect((await found.fetch(attachmentId, "elsewhere")).status).toBe(404);
    expect((await found.fetch(attachmentId, "auditor")).status).toBe(404);
    expect((await found.fetch(attachmentId, "worker", { thumbnail: "true" })).status).toBe(302);
    expect(JSON.stringify((await found.seenByPublic()).body)).not.toContain(attachmentId);
  });

  test("an answer takes as evidence only a clean upload of its own case", async () => {
    const { office, found, attachmentId, key } = await asked();
    await found.as("admin", "verification");
    const answer = { text: "Kami sudah menambal jalan itu kemarin.", evidence: [attachmentId] };
    expect((await found.as("worker", "answer", answer)).body.errors[0].path).toBe("evidence.0");
    await found.inspect(office.files.upload(key, await photo()));
    expect((await found.as("worker", "answer", answer)).status).toBe(200);
  });

  test("the head of the agency or the Ombudsman opens an original for a reason, and the reporter reads who and why", async () => {
    const { office, found, attachmentId, key } = await asked();
    await found.inspect(office.files.upload(key, await photo()));
    for (const who of ["worker", "admin", "national", "auditor"] as const)
      expect([who, (await found.openOriginal(who, attachmentId)).status]).toEqual([who, 403]);
    expect((await found.openOriginal("elsewhere", attachmentId)).status).toBe(404);
    expect((await found.openOriginal("head", attachmentId, "")).status).toBe(400);
    expect((await found.openOriginal("head", "0f8fad5b-d9cb-469f-a165-70867728950e")).status).toBe(404);
    expect((await office.cases.get(found.number))?.version).toBe(2);
    const opened = await found.openOriginal("head", attachmentId, "Foto diragukan.");
    expect(opened.body.url).toBe(`/v1/officer/cases/${found.number}/attachments/${attachmentId}/original`);
    const fetched = await found.fetchOriginal("head", attachmentId);
    expect([fetched.status, fetched.headers.location]).toEqual([302, expect.stringContaining("/sealed/")]);
    expect((await found.openOriginal("observer", attachmentId)).status).toBe(200);
    const { timeline } = (await found.seenByReporter()).body;
    expect(timeline.slice(2)).toMatchObject([
      { type: "original-opened", by: "agency-head", content: { attachmentId, reason: "Foto diragukan." } },
      { type: "original-opened", by: "ombudsman-observer" },
    ]);
    expect(JSON.stringify((await found.seenByPublic()).body)).not.toContain("Foto diragukan");
  });
});
