import { describe, expect, test } from "vitest";
import { addressOfMove } from "../../../shared/page/officer/move-addresses.ts";
import { fieldNames, type FormMove, formMoves } from "../../../shared/page/officer/moves/table.ts";
import { pageIn } from "../../fakes/browsing.ts";
import { anOffice } from "../../fakes/office.ts";
import { staff, type Who } from "../../fakes/staff.ts";

type Office = ReturnType<typeof anOffice>;
type Found = Awaited<ReturnType<Office["submit"]>>;

const said = "Kami sudah meninjau lokasi dan menambal jalan itu.";
const reporter = { name: "Warga Contoh", email: "warga@contoh.example" };

/** Verifies a case and hands it to the department of public works. */
const atWork = async (office: Office, change: Parameters<Office["submit"]>[0] = {}) => {
  const found = await office.submit(change);
  await office.as("national", found.number, "verification", { agencyId: "balikpapan-dinas-pu" });
  return found;
};

/** A row for each move: who makes it, how its case comes about, what is typed, and what its page says of the clocks. */
const rows: Readonly<
  Record<
    FormMove,
    {
      who: Who;
      begin: (office: Office) => Promise<Found>;
      form: (office: Office, found: Found) => Promise<Record<string, string>>;
      clocks: RegExp;
      /** The subject of the mail to the reporter; nothing where they get none. */
      mail?: string;
    }
  >
> = {
  verify: {
    who: "national",
    begin: (office) => office.submit(),
    form: async () => ({ class: "complaint", title: "Jalan berlubang", agencyId: "balikpapan-dinas-pu" }),
    clocks: /Memulai hitungan Penyelesaian: 14 hari kerja, paling lambat Senin, 14 Desember 2026/,
    mail: "Laporan Anda terverifikasi",
  },
  assign: {
    who: "liaison",
    begin: atWork,
    form: async () => ({ agencyId: "balikpapan-uptd-jalan", note: "Mohon ditinjau." }),
    clocks: /Penyelesaian: tetap paling lambat Senin, 14 Desember 2026/,
  },
  return: {
    who: "worker",
    begin: atWork,
    form: async () => ({ reason: "Jalan ini jalan nasional." }),
    clocks: /Memulai hitungan Tanggapan awal: 5 hari kerja/,
  },
  ask: {
    who: "worker",
    begin: atWork,
    form: async () => ({ text: "Di dekat persimpangan mana?" }),
    clocks:
      /Menghentikan hitungan 14 hari kerja \(Penyelesaian\)\..*Pelapor punya 30 hari kalender untuk melengkapi, sampai Kamis, 24 Desember 2026/,
    mail: "Kami memerlukan keterangan Anda",
  },
  "withdraw-question": {
    who: "worker",
    begin: async (office) => {
      const found = await atWork(office);
      await office.as("worker", found.number, "question", { text: "Di mana?" });
      return found;
    },
    form: async () => ({ reason: "Sudah ada di laporan." }),
    clocks: /Hitungan Penyelesaian berjalan lagi, paling lambat Senin, 14 Desember 2026/,
    mail: "Pertanyaan kami tidak perlu dijawab lagi",
  },
  progress: {
    who: "worker",
    begin: atWork,
    form: async () => ({ text: said }),
    clocks: /Hitungan Tanggapan awal selesai, dalam batasnya/,
  },
  note: {
    who: "worker",
    begin: atWork,
    form: async () => ({ text: "Tunggu kabar gudang." }),
    clocks: /Hitungan hari tidak berubah/,
  },
  answer: {
    who: "worker",
    begin: atWork,
    form: async () => ({ text: said, withoutEvidence: "true" }),
    clocks: /Pelapor punya 10 hari kerja untuk menanggapi, sampai Selasa, 8 Desember 2026/,
    mail: "Laporan Anda sudah ditindaklanjuti",
  },
  "correct-answer": {
    who: "worker",
    begin: async (office) => {
      const found = await atWork(office);
      await office.as("worker", found.number, "answer", { text: said });
      office.at("2026-11-25T09:00:00+08:00");
      return found;
    },
    form: async () => ({ text: `${said} Dua lubang lain menyusul.`, reason: "Belum lengkap." }),
    clocks: /Pelapor punya 10 hari kerja untuk menanggapi, sampai Rabu, 9 Desember 2026/,
    mail: "Jawaban atas laporan Anda diralat",
  },
  withhold: {
    who: "head",
    begin: async (office) => {
      const found = await atWork(office);
      await office.as("worker", found.number, "progress", { text: "Pak Contoh sedang ke lokasi." });
      return found;
    },
    form: async (office, { number }) => {
      const { events = [] } = (await office.cases.find(number)) ?? {};
      const entry = events.find(({ type }) => type === "progressed")?.sequence;
      return { entry: String(entry), words: "Pak Contoh", reason: "Memuat nama orang." };
    },
    clocks: /Hitungan hari tidak berubah/,
  },
  extend: {
    who: "worker",
    begin: async (office) => {
      const found = await office.submit({ class: "information-request" });
      await office.as("national", found.number, "verification", {
        formal: true,
        agencyId: "balikpapan-dinas-pu",
      });
      return found;
    },
    form: async () => ({ text: "Datanya ada di tiga kantor." }),
    clocks: /Batas Penyelesaian pindah dari Selasa, 8 Desember 2026 menjadi Kamis, 17 Desember 2026/,
    mail: "Batas waktu laporan Anda diperpanjang",
  },
  archive: {
    who: "national",
    begin: (office) => office.submit(),
    form: async () => ({ reason: "private-matter", text: "Ini perkara waris." }),
    clocks: /Menghentikan hitungan 3 hari kerja \(Verifikasi\).*Pelapor dapat mengajukan keberatan sampai/,
    mail: "Laporan Anda diarsipkan",
  },
  join: {
    who: "national",
    begin: (office) => office.submit(),
    form: async (office) => ({ trackingNumber: (await office.submit()).number, text: "Lubang yang sama." }),
    clocks: /Hitungan Verifikasi tidak berlaku lagi/,
    mail: "Laporan Anda digabung",
  },
  restore: {
    who: "national",
    begin: async (office) => {
      const found = await office.submit();
      await office.as("national", found.number, "archival", { reason: "abusive", text: "Menghina." });
      return found;
    },
    form: async () => ({ text: "Kami keliru." }),
    clocks: /Hitungan Verifikasi berjalan lagi/,
    mail: "Laporan Anda dipulihkan",
  },
  uphold: {
    who: "national",
    begin: async (office) => {
      const found = await office.submit({ agencyId: "balikpapan-dinas-pu" });
      await office.as("admin", found.number, "archival", { reason: "abusive", text: "Menghina." });
      await found.reporter("objection", { text: "Saya tidak menghina." });
      return found;
    },
    form: async () => ({ text: "Isinya memang menghina." }),
    clocks: /Hitungan Keputusan atas keberatan selesai/,
    mail: "Keberatan Anda ditolak",
  },
  separate: {
    who: "national",
    begin: async (office) => {
      const found = await office.submit();
      const first = await office.submit();
      await office.as("national", found.number, "joining", { trackingNumber: first.number });
      return found;
    },
    form: async () => ({ text: "Lubangnya di jalan lain." }),
    clocks: /Memulai hitungan Verifikasi: 3 hari kerja/,
    mail: "Laporan Anda dipisahkan",
  },
  refer: {
    who: "national",
    begin: async (office) => {
      const found = await atWork(office);
      await found.reporter("referral-consent");
      office.at("2027-02-01T09:00:00+08:00");
      return found;
    },
    form: async () => ({ text: "Batasnya lewat lama." }),
    clocks: /Hitungan hari tidak berubah/,
    mail: "Laporan Anda diteruskan ke Ombudsman",
  },
};

describe.each(formMoves)("the page of the move %s", (move) => {
  const { who, begin, form, clocks, mail } = rows[move];

  test("says what it does to the clocks of this case and what the reporter is mailed, and makes the move", async () => {
    const office = anOffice();
    const found = await begin(office);
    const browser = await office.browserOf(who);
    const address = addressOfMove(found.number, move);
    const typed = await form(office, found);
    // What was saved is foreseen as it would be sent.
    await browser.send(address, { ...typed, lakukan: "simpan" });
    const answer = await browser.get(address);
    const shown = pageIn(answer);
    expect([answer.status, shown.title]).toEqual([200, expect.not.stringContaining(found.number)]);
    expect(shown.text).toContain(found.number);
    expect(shown.text).toMatch(clocks);
    if (mail) expect(shown.text).toContain(mail);
    else expect(shown.text).not.toContain("Judul email");
    // The mail has the reporter's own link to stop further ones. The preview names it, and leads nowhere.
    expect(
      shown.text.includes("Berhenti menerima email seperti ini (Tautan ini hanya ada pada email pelapor"),
    ).toBe(mail !== undefined);
    expect(shown.text).not.toContain("/v1/unsubscribe");
    for (const name of fieldNames(move).filter((one) => one !== "evidence"))
      expect(() => shown.value(name)).not.toThrow();

    const before = (await office.cases.get(found.number))?.version ?? 0;
    const sent = await browser.send(address, { ...typed, seen: shown.value("seen"), lakukan: "kirim" });
    expect([sent.status, sent.headers.location]).toEqual([303, expect.stringMatching(`sudah=${move}$`)]);
    expect((await office.cases.get(found.number))?.version).toBe(before + 1);
    expect(await office.officerDrafts.of(staff[who].subject, address)).toBeUndefined();
  });

  test("in English reads as well, and leads on to the next case where that is asked for", async () => {
    const office = anOffice();
    const found = await begin(office);
    const browser = await office.browserOf(who);
    const address = `/en${addressOfMove(found.number, move)}`;
    expect(pageIn(await browser.get(address)).text).toContain("What happens to the count of days");
    const typed = await form(office, found);
    const sent = await browser.send(address, { ...typed, lakukan: "kirim-lalu-berikutnya" });
    expect(sent.headers.location).toBe(`/en/petugas/berikutnya?sudah=${move}&selain=${found.number}`);
  });

  test("once it is made, or for somebody who may not, says why not and where the case stands", async () => {
    const office = anOffice();
    const found = await begin(office);
    const browser = await office.browserOf("auditor");
    const refused = await browser.get(addressOfMove(found.number, move));
    expect(refused.status).toBe(403);
    expect(pageIn(refused).text).toContain("Peran Anda tidak berwenang");
    expect(pageIn(refused).named("lakukan")).toEqual([]);
  });
});

test("a number that nobody has and a case out of reach are told in the same words", async () => {
  const office = anOffice();
  const { number } = await atWork(office);
  const browser = await office.browserOf("elsewhere");
  const page = async (one: string) => {
    const answer = await browser.get(addressOfMove(one, "answer"));
    return [
      answer.status,
      pageIn(answer)
        .text.replaceAll(one, "")
        .replaceAll(/request-\d+/g, ""),
    ];
  };
  const { number: gone } = await anOffice().submit();
  expect(await page(number)).toEqual(await page(gone));
  expect((await page(number))[0]).toBe(404);
});

test("of two officers at once, the later one reads what the first did, keeps the text, and can send it then", async () => {
  const office = anOffice();
  const { number } = await atWork(office);
  const address = addressOfMove(number, "progress");
  const [first, second] = [await office.browserOf("worker"), await office.browserOf("liaison")];
  const seen = pageIn(await second.get(address)).value("seen");
  await first.send(address, { text: "Saya sudah ke lokasi.", seen, lakukan: "kirim" });

  const late = await second.send(address, { text: "Besok kami ke lokasi.", seen, lakukan: "kirim" });
  const shown = pageIn(late);
  expect(late.status).toBe(409);
  expect(shown.text).toContain("Saya sudah ke lokasi.");
  expect(shown.value("text")).toBe("Besok kami ke lokasi.");
  const again = await second.send(address, {
    text: shown.value("text"),
    seen: shown.value("seen"),
    lakukan: "kirim",
  });
  expect(again.status).toBe(303);
});

test("who was overtaken by a move that leaves nothing to do is told so, and has the text to copy", async () => {
  const office = anOffice();
  const { number } = await atWork(office);
  const address = addressOfMove(number, "answer");
  const browser = await office.browserOf("worker");
  const seen = pageIn(await browser.get(address)).value("seen");
  await office.as("liaison", number, "answer", { text: said });
  const late = await browser.send(address, {
    text: "Jalan itu kami tambal kemarin sore.",
    withoutEvidence: "true",
    seen,
    lakukan: "kirim",
  });
  expect(late.status).toBe(409);
  expect(pageIn(late).text).toContain("Jalan itu kami tambal kemarin sore.");
  expect(pageIn(late).text).toContain("Ini tidak dapat dilakukan sekarang");
});

test("an answer about something that can be seen asks once whether it shall go without evidence", async () => {
  const office = anOffice();
  const { number } = await atWork(office);
  const address = addressOfMove(number, "answer");
  const browser = await office.browserOf("worker");
  const asked = await browser.send(address, { text: said, lakukan: "kirim" });
  const shown = pageIn(asked);
  expect([asked.status, shown.problems]).toEqual([
    400,
    [["#withoutEvidence", expect.stringContaining("Kirim tanpa bukti?")]],
  ]);
  expect(shown.value("text")).toBe(said);
  expect((await office.cases.get(number))?.status).toBe("assigned");
  const sent = await browser.send(address, { text: said, withoutEvidence: "true", lakukan: "kirim" });
  expect(sent.status).toBe(303);
});

test("a reason that nobody chose is asked for in words, without the codes of the API", async () => {
  const office = anOffice();
  const { number } = await office.submit();
  const browser = await office.browserOf("national");
  const asked = await browser.send(addressOfMove(number, "archive"), { text: said, lakukan: "kirim" });
  expect([asked.status, pageIn(asked).problems]).toEqual([
    400,
    [["#reason", "Alasan pengarsipan: pilih salah satu."]],
  ]);
});

test("a turn whose date has passed says who is told of it, not who will be told once it passes", async () => {
  const office = anOffice();
  const { number } = await atWork(office);
  const browser = await office.browserOf("worker");
  const address = `/petugas/laporan/${number}`;
  expect(pageIn(await browser.get(address)).text).toContain("Bila lewat, kepala instansi diberi tahu.");
  office.at("2026-12-14T09:00:00+08:00");
  const late = pageIn(await (await office.browserOf("worker")).get(address)).text;
  expect(late).toContain("Kepala instansi diberi tahu.");
  expect(late).not.toContain("Bila lewat");
});

test("an answer to what nobody can photograph does not ask for evidence", async () => {
  const office = anOffice();
  const { number } = await atWork(office, { class: "aspiration" });
  const browser = await office.browserOf("worker");
  const sent = await browser.send(addressOfMove(number, "answer"), { text: said, lakukan: "kirim" });
  expect(sent.status).toBe(303);
});

test("the mail about an anonymous or secret report names nothing, in the preview as in the mail", async () => {
  const office = anOffice();
  const { number } = await atWork(office, { anonymous: true, reporter });
  const browser = await office.browserOf("worker");
  const { text } = pageIn(await browser.get(addressOfMove(number, "answer")));
  expect(text).toContain("Ada kabar untuk Anda dari SP4N-LAPOR!");
  expect(text).not.toContain("sudah menindaklanjuti laporan Anda");
  expect(text).not.toContain(reporter.email);
});

test("somebody who may not hand cases elsewhere is offered agencies below theirs alone, and finds no others", async () => {
  const office = anOffice();
  const { number } = await atWork(office);
  const browser = await office.browserOf("liaison");
  const address = addressOfMove(number, "assign");
  const offered = (answer: Awaited<ReturnType<typeof browser.get>>) =>
    pageIn(answer)
      .named("agencyId")
      .map((one) => one.attrs.find(({ name }) => name === "value")?.value);
  expect(offered(await browser.get(address))).toEqual(["balikpapan-uptd-jalan"]);
  expect(offered(await browser.get(`${address}?cari=samarinda`))).not.toContain("pemkot-samarinda");
  const searched = await browser.send(address, { note: "Segera.", cari: "uptd", lakukan: "cari" });
  expect(searched.headers.location).toBe(`${address}?cari=uptd`);
  const shown = pageIn(await browser.get(`${address}?cari=uptd`));
  expect(shown.value("note")).toBe("Segera.");
});

test("a wrong field is said at its field, and all that was typed stays", async () => {
  const office = anOffice();
  const { number } = await atWork(office);
  const browser = await office.browserOf("worker");
  const refused = await browser.send(addressOfMove(number, "answer"), {
    text: "Sudah.",
    withoutEvidence: "true",
    lakukan: "kirim",
  });
  const shown = pageIn(refused);
  expect([refused.status, shown.problems.map(([to]) => to)]).toEqual([400, ["#text"]]);
  expect([shown.value("text"), shown.value("withoutEvidence")]).toEqual(["Sudah.", "true"]);
  const strange = await browser.send(addressOfMove(number, "answer"), {
    text: said,
    evidence: "bukan-lampiran",
    lakukan: "kirim",
  });
  expect(pageIn(strange).problems.map(([to]) => to)).toEqual(["#evidence"]);
});

test("a form that another site sends does nothing and keeps nothing", async () => {
  const office = anOffice();
  const { number } = await atWork(office);
  const address = addressOfMove(number, "answer");
  const browser = await office.browserOf("worker");
  const forged = await browser.send(
    address,
    { text: said, lakukan: "simpan" },
    { "sec-fetch-site": "cross-site" },
  );
  expect(forged.status).toBe(403);
  expect(await office.officerDrafts.of(staff.worker.subject, address)).toBeUndefined();
});

test("who returns a case out of their reach is led to their desk", async () => {
  const office = anOffice();
  const { number } = await atWork(office);
  const browser = await office.browserOf("worker");
  const sent = await browser.send(addressOfMove(number, "return"), {
    reason: "Jalan nasional.",
    lakukan: "kirim",
  });
  expect(sent.headers.location).toBe("/petugas?sudah=return");
});

test("what follows names the agency that was chosen, and before that says that it depends on the choice", async () => {
  const office = anOffice();
  const { number } = await office.submit({ agencyId: "pemkot-samarinda" });
  const browser = await office.browserOf("national");
  const address = addressOfMove(number, "verify");
  const before = pageIn(await browser.get(address)).text;
  expect(before).toMatch(/Sesudah ini: [^.]*Samarinda, kecuali bila Anda memilih instansi lain\./);
  // A form that is not right yet is shown again with the agency that was chosen in it.
  const chosen = { class: "complaint", title: "", agencyId: "balikpapan-dinas-pu" };
  const tried = pageIn(await browser.send(address, { ...chosen, title: "!", lakukan: "kirim" })).text;
  expect(tried).toMatch(/Sesudah ini: [^.]*, di Dinas Pekerjaan Umum/);
  await browser.send(address, { ...chosen, title: "Jalan berlubang", lakukan: "simpan" });
  const saved = pageIn(await browser.get(address)).text;
  expect(saved).toMatch(/Sesudah ini: [^.]*, di Dinas Pekerjaan Umum/);
  expect(saved).not.toMatch(/Sesudah ini: [^.]*Samarinda/);
});

test("an assignment names no agency before one is chosen", async () => {
  const office = anOffice();
  const { begin, who } = rows.assign;
  const { number } = await begin(office);
  const browser = await office.browserOf(who);
  const shown = pageIn(await browser.get(addressOfMove(number, "assign"))).text;
  expect(shown).toContain("di instansi yang Anda pilih.");
});
