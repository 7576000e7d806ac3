import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import { removeExpired } from "../../functions/jobs/remove-expired.ts";
import type { Folder } from "../../shared/attachment/folders.ts";
import { photo } from "../fakes/files.ts";
import { anOffice } from "../fakes/office.ts";
import type { Who } from "../fakes/staff.ts";

const text = "Kami sudah meninjau lokasi dan menambal jalan itu.";
const reporter = { name: "Warga Contoh", email: "warga@contoh.example" };
const name = "Budi Contoh di depan rumah.jpg";

type Change = Parameters<ReturnType<typeof anOffice>["submit"]>[0];

/** A report with a photo of its reporter, and what its people do with it. */
async function withPhoto(change: Change = { anonymous: true }) {
  const office = anOffice();
  const found = await office.submit(change);
  const ask = async (who?: Who) => {
    const file = { name, type: "image/jpeg", size: 100_000 };
    const { status, body } = who
      ? await found.as(who, "attachments", file)
      : await found.reporter("attachments", file);
    expect(status).toBe(201);
    return { attachmentId: body.attachmentId as string, key: body.upload.fields.key as string };
  };
  const send = async (who?: Who) => {
    const { attachmentId, key } = await ask(who);
    await found.inspect(office.files.upload(key, await photo()));
    return attachmentId;
  };
  const attachmentId = await send();
  const mine = async (id = attachmentId) =>
    (await found.seenByReporter()).body.attachments.find((one: any) => one.attachmentId === id);
  return {
    ...found,
    office,
    attachmentId,
    ask,
    send,
    mine,
    consent: (agreed: boolean) => found.reporter("identity-consent", { agreed }),
    erase: () => found.reporter("original-erasure"),
    folders: (id = attachmentId) =>
      [...office.files.kept.keys()].filter((key) => key.includes(id)).map((key) => key.split("/")[0]),
    history: async () => (await office.cases.find(found.number))?.events.map(({ type }) => type) ?? [],
    run: () => removeExpired(office, { now: office.now })(),
    /** Opens the original, and fetches it where that is let. Answers the status that ends this. */
    async look(who: Who, id = attachmentId) {
      const opened = await found.openOriginal(who, id, `Pemeriksaan ${office.now().toISOString()}.`);
      return opened.status === 200 ? (await found.fetchOriginal(who, id)).status : opened.status;
    },
  };
}
type Found = Awaited<ReturnType<typeof withPhoto>>;

/** Ways in which a case ends. */
const ends: Record<string, (found: Found) => Promise<unknown>> = {
  withdrawn: (found) => found.reporter("withdrawal"),
  archived: (found) => found.as("national", "archival", { reason: "private-matter", text }),
  "archived for a court": (found) => found.as("national", "archival", { reason: "under-court", text }),
  joined: async (found) => {
    const first = await found.office.submit();
    await found.as("national", "joining", { trackingNumber: first.number });
  },
};
const closed = async (found: Found) => {
  await found.as("admin", "verification");
  await found.as("worker", "answer", { text });
  expect((await found.reporter("confirmation", { stars: 5 })).body.status).toBe("closed");
};

describe("the original of a reporter's photo", () => {
  test("the original of an anonymous reporter's photo stays closed until they agree, and again once they take that back", async () => {
    const found = await withPhoto();
    const refused = await found.openOriginal("head", found.attachmentId);
    expect([refused.status, refused.body.detail]).toEqual([
      409,
      "Pelapor anonim, dan belum atau tidak lagi mengizinkan berkas aslinya dibuka. Pakai salinannya.",
    ]);
    expect(await found.look("observer")).toBe(409);
    expect(await found.history()).toEqual(["submitted", "attached"]);
    expect((await found.fetch(found.attachmentId, "head")).status).toBe(302); // the copy

    await found.consent(true);
    expect([await found.look("head"), await found.look("observer")]).toEqual([302, 302]);
    await found.consent(false);
    expect([await found.look("head"), await found.look("observer")]).toEqual([409, 409]);
    const { timeline } = (await found.seenByReporter()).body;
    expect(
      timeline
        .filter(({ type }: { type: string }) => type === "identity-consented")
        .map((one: any) => one.text),
    ).toEqual([
      "Pelapor mengizinkan identitas dan berkas aslinya dibuka",
      "Pelapor tidak mengizinkan identitas dan berkas aslinya dibuka",
    ]);
  });

  test.each(Object.keys(ends))(
    "of a case that is %s, nobody opens an original but the Ombudsman, and they only with the reporter's consent, whether anonymous or not",
    async (end) => {
      for (const change of [{ anonymous: true }, { reporter }, {}]) {
        const found = await withPhoto(change);
        await ends[end]?.(found);
        expect([await found.look("head"), await found.look("mayor")]).toEqual([409, 409]);
        expect(await found.look("observer")).toBe(409);
        expect((await found.consent(true)).status).toBe(200);
        expect([await found.look("head"), await found.look("mayor")]).toEqual([409, 409]);
        expect(await found.look("observer")).toBe(302);
        await found.consent(false);
        expect(await found.look("observer")).toBe(409);
      }
    },
  );

  test("the original of a case that was restored is opened as before it was archived, and a consent can be taken back then too", async () => {
    const found = await withPhoto({});
    await ends.archived?.(found);
    await found.consent(true);
    await found.as("national", "restoration", { text });
    expect(await found.look("head")).toBe(302);
    expect((await found.seenBy("head")).body.identityConsentedAt).toBeDefined();
    expect((await found.consent(false)).status).toBe(200);
    expect((await found.seenBy("head")).body.identityConsentedAt).toBeUndefined();
    const needless = await found.consent(true);
    expect([needless.status, needless.body.detail]).toEqual([
      409,
      expect.stringContaining("tidak diperlukan"),
    ]);
  });

  test("the original of an officer's own photo needs no consent of the reporter, and of an archived case only the Ombudsman opens it", async () => {
    const found = await withPhoto();
    const evidence = await found.send("worker");
    expect(await found.look("head", evidence)).toBe(302);
    await ends.archived?.(found);
    expect([await found.look("head", evidence), await found.look("observer", evidence)]).toEqual([409, 302]);
  });

  test("an original that an officer may not open does not tell them whether it was erased", async () => {
    const found = await withPhoto();
    const before = await found.openOriginal("head", found.attachmentId);
    await found.erase();
    const after = await found.openOriginal("head", found.attachmentId);
    expect([after.status, after.body.detail]).toEqual([before.status, before.body.detail]);
    expect((await found.openOriginal("worker", found.attachmentId)).status).toBe(403);
    expect((await found.openOriginal("elsewhere", found.attachmentId)).status).toBe(404);
  });
});

describe("the download of an original", () => {
  const agreed = async () => {
    const found = await withPhoto();
    await found.consent(true);
    expect((await found.openOriginal("head", found.attachmentId)).status).toBe(200);
    return found;
  };
  const fetched = async ({ fetchOriginal, attachmentId }: Found, who: Who = "head") =>
    (await fetchOriginal(who, attachmentId)).status;

  test("a download is refused to whoever did not open the original themselves, whatever their role", async () => {
    const found = await agreed();
    for (const [who, status] of [
      ["head", 302],
      ["mayor", 409],
      ["observer", 409],
      ["worker", 403],
      ["auditor", 403],
      ["elsewhere", 404],
    ] as const)
      expect([who, await fetched(found, who)]).toEqual([who, status]);
  });

  test("a download is refused where the reporter takes their consent back between opening and download", async () => {
    const found = await agreed();
    await found.consent(false);
    expect(await fetched(found)).toBe(409);
  });

  test("a download is refused where the case is withdrawn or archived between opening and download", async () => {
    for (const end of ["withdrawn", "archived"]) {
      const found = await agreed();
      await ends[end]?.(found);
      expect([end, await fetched(found)]).toEqual([end, 409]);
    }
  });

  test("a download is refused where the original is erased between opening and download", async () => {
    const found = await agreed();
    await found.erase();
    expect(await fetched(found)).toBe(404);
  });

  test("a download works for a quarter of an hour, until the time that the opening names, and a second click does not lengthen it", async () => {
    const found = await withPhoto({});
    const open = async () => (await found.openOriginal("head", found.attachmentId, "Sama.")).body.expiresAt;
    expect(await open()).toBe("2026-11-24T01:15:00.000Z");
    found.office.at("2026-11-24T09:09:00+08:00");
    expect(await open()).toBe("2026-11-24T01:15:00.000Z");
    found.office.at("2026-11-24T09:14:59+08:00");
    expect(await fetched(found)).toBe(302);
    found.office.at("2026-11-24T09:15:01+08:00");
    expect(await fetched(found)).toBe(409);
    expect(await open()).toBe("2026-11-24T01:30:01.000Z");
    expect((await found.history()).filter((type) => type === "original-opened")).toHaveLength(2);
  });

  test("a second click on an opening does not pass where the case lapsed in between", async () => {
    const found = await withPhoto({ reporter });
    await found.as("admin", "question", { text: "Di sebelah mana tepatnya lubang itu?" });
    const lapses = Date.parse((await found.office.cases.get(found.number))?.nextCheckAt ?? "");
    found.office.at(new Date(lapses - 60_000).toISOString());
    expect((await found.openOriginal("head", found.attachmentId, "Sama.")).status).toBe(200);
    found.office.at(new Date(lapses + 60_000).toISOString());
    await found.office.sweep();
    expect((await found.seenByReporter()).body.status).toBe("withdrawn");
    expect((await found.openOriginal("head", found.attachmentId, "Sama.")).status).toBe(409);
  });
});

describe("the erasure of originals", () => {
  test.each(["open", "closed", ...Object.keys(ends)])(
    "whoever holds the receipt has the originals of their files erased while the case is %s, without an identity on file, and the copies stay",
    async (state) => {
      const found = await withPhoto({});
      const evidence = await found.send("admin");
      await (state === "closed" ? closed(found) : ends[state]?.(found));
      const { status, body } = await found.erase();
      expect([status, body.attachments.map((one: any) => one.originalRemoved)]).toEqual([200, [true, false]]);
      expect(found.folders()).toEqual(["clean", "thumbnails"]);
      expect(found.folders(evidence)).toEqual(["sealed", "clean", "thumbnails"]);
      expect((await found.history()).at(-1)).toBe("originals-erased");
      expect((await found.fetch(found.attachmentId)).status).toBe(302);
      expect((await found.seenBy("head")).body.attachments[0].originalRemoved).toBe(true);
    },
  );

  test("an erasure that is asked for again changes nothing, soon and later", async () => {
    const found = await withPhoto({});
    for (const time of ["09:01", "09:02", "18:00"]) {
      found.office.at(`2026-11-24T${time}:00+08:00`);
      expect((await found.erase()).status).toBe(200);
      await found.run();
    }
    expect((await found.history()).filter((type) => type === "originals-erased")).toHaveLength(1);
    expect((await found.mine()).originalRemoved).toBe(true);
    expect(await found.look("head")).toBe(404);
  });

  test("an erasure of a case without files changes nothing, and needs the receipt", async () => {
    const office = anOffice();
    const found = await office.submit();
    expect((await found.reporter("original-erasure")).status).toBe(200);
    expect((await found.reporter("original-erasure", { files: [] })).status).toBe(400);
    const wrong = { headers: { authorization: "Receipt 1111-1111-1111-1111-1111" }, body: {} };
    expect((await found.from("127.0.0.1", "POST", "/original-erasure", wrong)).status).toBe(404);
    expect((await office.cases.get(found.number))?.version).toBe(1);
  });

  test("an erasure takes files that were sent after an earlier one, or after the identity was deleted, also seconds later", async () => {
    const found = await withPhoto({ anonymous: true, reporter });
    await found.deleteIdentity();
    found.office.at("2026-11-24T09:00:01+08:00");
    const second = await found.send();
    expect((await found.mine(second)).originalRemoved).toBe(false);
    await found.erase();
    found.office.at("2026-11-24T09:00:02+08:00");
    const third = await found.send();
    expect(found.folders(third)).toContain("sealed");
    await found.erase();
    for (const id of [found.attachmentId, second, third])
      expect([(await found.mine(id)).originalRemoved, found.folders(id)]).toEqual([
        true,
        ["clean", "thumbnails"],
      ]);
  });

  test("an erasure that dies before the files are gone is done by the daily job, and by asking again; meanwhile nobody opens them", async () => {
    for (const mend of ["the job", "asking again"]) {
      const found = await withPhoto({});
      const { erase } = found.office.files;
      found.office.files.erase = () => Promise.reject(new Error("S3 is not there"));
      expect((await found.erase()).status).toBe(200);
      found.office.files.erase = erase;
      expect(found.folders()).toContain("sealed");
      expect(await found.look("head")).toBe(404);
      await (mend === "the job" ? found.run() : found.erase());
      expect([mend, found.folders()]).toEqual([mend, ["clean", "thumbnails"]]);
      await found.run();
      const stored = await found.office.attachments.find(found.number, found.attachmentId);
      expect([stored?.originalRemoved, stored?.salt]).toEqual([true, undefined]);
      expect((await found.office.cases.get(found.number))?.originalsExpiredAt).toBeUndefined();
    }
  });

  test("an erasure goes through where somebody else moves the case at the same moment", async () => {
    const found = await withPhoto({});
    const { append } = found.office.cases;
    found.office.cases.append = async (...moved) => {
      found.office.cases.append = append;
      await found.as("admin", "notes", { text: "Catatan pada saat yang sama." });
      return append(...moved);
    };
    expect((await found.erase()).status).toBe(200);
    expect(await found.history()).toEqual(["submitted", "attached", "noted", "originals-erased"]);
    expect(found.folders()).toEqual(["clean", "thumbnails"]);
  });

  test.each(["before its inspection", "while it is inspected", "between storing and settling"])(
    "an erasure that comes for a file %s leaves no original of it, in no folder",
    async (when) => {
      const found = await withPhoto({});
      const { attachmentId, key } = await found.ask();
      const upload = found.office.files.upload(key, await photo());
      const erase = async () => expect((await found.erase()).status).toBe(200);
      if (when === "before its inspection") await erase();
      const { files } = found.office;
      await found.inspect(upload, {
        files: {
          ...files,
          async read(one) {
            if (when === "while it is inspected") await erase();
            return files.read(one);
          },
          async keep(folder: Folder, one, bytes) {
            await files.keep(folder, one, bytes);
            if (when === "between storing and settling" && folder === "clean") await erase();
          },
        },
      });
      expect((await found.mine(attachmentId)).state).toBe("clean");
      expect([found.folders(attachmentId), files.uploads.size]).toEqual([["clean", "thumbnails"], 0]);
      await found.run();
      expect((await found.mine(attachmentId)).originalRemoved).toBe(true);
      expect(await found.look("head", attachmentId)).toBe(404);
    },
  );
});

describe("an upload form that was given before the case ended", () => {
  const arrives = async (found: Found, form: { attachmentId: string; key: string }) => {
    const before = await found.office.cases.get(found.number);
    await found.inspect(found.office.files.upload(form.key, await photo()));
    expect(await found.office.cases.get(found.number)).toEqual(before);
    expect([found.folders(form.attachmentId), found.office.files.uploads.size]).toEqual([[], 0]);
  };

  test.each([...Object.keys(ends), "closed"])(
    "a form attaches nothing to a case that is %s meanwhile, and its sender reads why",
    async (end) => {
      const found = await withPhoto({});
      const form = await found.ask();
      await (end === "closed" ? closed(found) : ends[end]?.(found));
      await arrives(found, form);
      const one = await found.mine(form.attachmentId);
      expect(one).toMatchObject({ state: "refused", reason: "case-ended" });
      expect(one.stateText).toMatch(/tidak lagi menerima lampiran/);
    },
  );

  test("a form of an officer attaches nothing to a case that went to another agency, or was archived", async () => {
    const gone = await withPhoto({});
    await gone.as("admin", "verification");
    const form = await gone.ask("worker");
    await gone.as("national", "assignment", { agencyId: "pemkot-samarinda" });
    await arrives(gone, form);
    const archived = await withPhoto({});
    const other = await archived.ask("admin");
    await ends.archived?.(archived);
    await arrives(archived, other);
    expect((await archived.seenBy("admin")).body.attachments.at(-1)).toMatchObject({ reason: "case-ended" });
  });

  test("a form attaches its file where the case was restored meanwhile, and an officer's one where it was closed", async () => {
    const restored = await withPhoto({});
    const form = await restored.ask();
    await ends.archived?.(restored);
    await restored.as("national", "restoration", { text });
    await restored.inspect(restored.office.files.upload(form.key, await photo()));
    expect((await restored.mine(form.attachmentId)).state).toBe("clean");
    const found = await withPhoto({});
    const officers = await found.ask("admin");
    await closed(found);
    await found.inspect(found.office.files.upload(officers.key, await photo()));
    expect((await found.mine(officers.attachmentId)).state).toBe("clean");
  });

  test("a form attaches nothing where the case ends while the file is stored, and nothing of it is left", async () => {
    const found = await withPhoto({});
    const { attachmentId, key } = await found.ask();
    const { files } = found.office;
    await found.inspect(files.upload(key, await photo()), {
      files: {
        ...files,
        async keep(folder: Folder, one, bytes) {
          await files.keep(folder, one, bytes);
          if (folder === "sealed") await found.reporter("withdrawal");
        },
      },
    });
    expect((await found.mine(attachmentId)).reason).toBe("case-ended");
    expect([found.folders(attachmentId), await found.history()]).toEqual([
      [],
      ["submitted", "attached", "withdrawn"],
    ]);
  });

  test("an inspection that died after storing leaves nothing where the case ended before its message came again", async () => {
    const found = await withPhoto({});
    const { attachmentId, key } = await found.ask();
    const upload = found.office.files.upload(key, await photo());
    const dying = { ...found.office.attachments, accept: () => Promise.reject(new Error("ended here")) };
    await expect(found.inspect(upload, { attachments: dying })).rejects.toThrow("ended here");
    expect(found.folders(attachmentId)).toContain("sealed");
    await found.reporter("withdrawal");
    await found.inspect(upload);
    expect([found.folders(attachmentId), (await found.mine(attachmentId)).reason]).toEqual([
      [],
      "case-ended",
    ]);
  });
});

describe("what a photo's name and digest tell", () => {
  const sha256 = async () => createHash("sha256").update(await photo());

  test("the name of an anonymous reporter's file is a neutral one for officers and in every download, and the reporter reads their own", async () => {
    const found = await withPhoto();
    await found.send("worker");
    const third = await found.send();
    const names = async (who: Who) => (await found.seenBy(who)).body.attachments.map((one: any) => one.name);
    for (const who of ["head", "worker", "national", "observer"] as const)
      expect(await names(who)).toEqual(["lampiran-1.jpg", name, "lampiran-3.jpg"]);
    expect((await found.mine()).name).toBe(name);
    expect((await found.personalData()).body.files.map((one: any) => one.name)).toEqual([name, name, name]);
    // The numbers stay when files before them are refused, or not sent.
    await found.ask();
    await found.inspect(found.office.files.upload((await found.ask()).key, Buffer.from("bukan gambar")));
    await found.send();
    expect(await names("head")).toEqual(["lampiran-1.jpg", name, "lampiran-3.jpg", "lampiran-6.jpg"]);
    await found.consent(true);
    await found.openOriginal("head", third);
    expect((await found.fetchOriginal("head", third)).headers.location).not.toContain("Budi");
  });

  test("the name of a file stays for officers where the reporter is not anonymous", async () => {
    const found = await withPhoto({});
    expect((await found.seenBy("head")).body.attachments[0].name).toBe(name);
  });

  test("the digest of a known photo confirms nothing: not by a view, the proof or the address of a download", async () => {
    const found = await withPhoto();
    await found.consent(true);
    await found.openOriginal("head", found.attachmentId);
    const answers = [
      ...(await Promise.all((["head", "observer", "auditor"] as const).map((who) => found.seenBy(who)))),
      await found.seenByReporter(),
      await found.personalData(),
      await found.proof(),
      await found.fetch(found.attachmentId, "head"),
      await found.fetch(found.attachmentId, "head", { thumbnail: "true" }),
      await found.fetchOriginal("head", found.attachmentId),
      await found.fetch(found.attachmentId),
    ];
    const told = JSON.stringify(answers.map(({ body, headers }) => [body, headers]));
    for (const encoding of ["hex", "base64", "base64url"] as const)
      expect(told).not.toContain((await sha256()).digest(encoding));
    const shown = (await found.seenBy("head")).body.timeline[1].content.digest;
    expect(shown).toMatch(/^[\w-]{43}$/);

    const other = await withPhoto();
    expect((await other.seenBy("head")).body.timeline[1].content.digest).not.toBe(shown);
    const stored = await found.office.attachments.find(found.number, found.attachmentId);
    expect(told).not.toContain(stored?.salt ?? "?");
  });

  test("the digest of a file of an earlier time is shown to nobody, and the file stays readable under its old key", async () => {
    const found = await withPhoto({});
    const { attachmentId, key } = await found.ask();
    const {
      salt: _s,
      unusedAt: _u,
      ...old
    } = (await found.office.attachments.find(found.number, attachmentId)) ?? ({} as never);
    await found.office.attachments.restate(old);
    await found.inspect(found.office.files.upload(key, await photo()));
    const digest = (await sha256()).digest("hex");
    expect((await found.fetch(attachmentId, "head")).headers.location).toContain(digest);
    const { timeline } = (await found.seenBy("auditor")).body;
    expect(timeline.at(-1).content).toEqual({ attachmentId, type: "image/jpeg" });
    expect((await found.office.cases.find(found.number))?.events.at(-1)?.content).toMatchObject({ digest });
  });
});
