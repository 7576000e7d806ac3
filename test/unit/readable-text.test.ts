import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { line, written } from "../../shared/text/writing.ts";
import { anOffice } from "../fakes/office.ts";
import { roadComplaint } from "../fakes/reports.ts";

/** Sentences as people write them, in scripts and languages of Indonesia and of whoever lives here. */
const sentences = {
  Indonesian: "Jalan berlubang di depan pasar, sudah dua bulan tidak diperbaiki.",
  "Javanese in its script": "ꦥꦿꦺꦴꦒꦿꦩ꧀ꦏꦿꦺꦴꦁꦏꦿꦺꦴꦁ ꦢꦭꦤ꧀ꦫꦸꦱꦏ꧀",
  "Balinese in its script": "ᬫᬃᬕᬶ ᬧᬲᬃ ᬲᬫ᭄ᬧᬸᬦ᭄ ᬳᬸᬲᬓ᭄ ᬓ᭄ᬭᭀᬂ",
  "Sundanese in its script": "ᮏᮜᮔ᮪ ᮛᮥᮞᮊ᮪ ᮕᮣ ᮊᮢᮧᮀ",
  "Buginese in its script": "ᨕᨗᨐ ᨒᨒᨊ ᨆᨔᨚᨒ",
  "Toba Batak in its script": "ᯑᯞᯉ᯲ ᯅᯮᯒᯮᯂ᯲",
  "Arabic with all its vowel signs": "بِسْمِ اللّٰهِ الرَّحْمٰنِ الرَّحِيْمِ، الشّٰرِعُ مُكَسَّرٌ جِدًّا",
  "Arabic as the Quran is written": "إِنَّ ٱللَّهَ لَا يُضِيعُ أَجۡرَ ٱلۡمُحۡسِنِينَ ۞ ءَامَنُوٓاْ",
  "Malay in Arabic letters": "جالن روسق دهادڤن ڤاسر",
  Vietnamese: "Đường hỏng nặng trước chợ, nước ngập mỗi khi trời mưa.",
  "Vietnamese, one sign for each accent": "Đường hỏng nặng trước chợ".normalize("NFD"),
  "Hebrew with vowels and accents": "בְּרֵאשִׁ֖ית בָּרָ֣א אֱלֹהִ֑ים אֵ֥ת הַשָּׁמַ֖יִם וְאֵ֥ת הָאָֽרֶץ׃ שּׁ֜וֹ",
  Hindi: "बाज़ार के सामने की सड़क टूटी हुई है, कृपया शीघ्र ठीक करें। र्‍क्षिँ",
  Tamil: "சந்தைக்கு முன் சாலை பழுதடைந்துள்ளது ஸ்ரீ",
  Bengali: "বাজারের সামনের রাস্তা ভাঙা, র‌্যাব",
  Thai: "ถนนหน้าตลาดชำรุดมาก น้ำท่วมทุกครั้งที่ฝนตก ที่นี่ ผู้ใหญ่",
  Burmese: "လမ်းပျက်နေပါသည်၊ လျှော့ကြွှေ့ ကျွန်ုပ်",
  Tibetan: "བོད་སྐད་ རྒྱུད་ ཧཱུྃ ཨོཾ",
  Khmer: "ផ្លូវខូចនៅមុខផ្សារ ស្ត្រី",
  Korean: "시장 앞 도로가 파손되었습니다",
  "Korean, letter by letter": "시장 앞 도로".normalize("NFD"),
  Japanese: "市場の前の道路が壊れています。が".normalize("NFD"),
  "phonetic writing": "kata ə̰̃̀ diucapkan [ɡɔ̰̃́ŋ]",
  Yoruba: "ọ̀nà tó wà níwájú ọjà ti bàjẹ́",
  "families, skin tones and flags": "Terima kasih 👨‍👩‍👧‍👦 👍🏽 👩🏿‍🚒 🏴󠁧󠁢󠁥󠁮󠁧󠁿 🏳️‍🌈 🇮🇩 ❤️",
  "keycaps and a forbidden sign": "Nomor 1️⃣, 2️⃣ dan #️⃣; 🚬⃠ dilarang",
  "forms of one letter": "葛󠄀飾区 ᠪᠠ᠋",
};

const passes = (text: string) => written(10_000).safeParse(text).success;
const whyNot = (text: string) => {
  const { error } = written(10_000).safeParse(text);
  return (error?.issues[0] as { params?: { text?: { id: string; en: string } } } | undefined)?.params?.text;
};

const accents = fc.constantFrom(..."\u0300\u0301\u0308\u0316\u0334\u035C\u0360\u1AB0\u1DC4\u20D0\uFE20");
const letters = fc.constantFrom(..."aehkotzXя");

describe("text that people write", () => {
  test.each(Object.entries(sentences))("%s is taken as it is", (_language, sentence) => {
    expect([sentence, passes(sentence)]).toEqual([sentence, true]);
    expect(passes(`${sentence}\n${sentence} ${sentence}`)).toBe(true);
    expect(written(10_000).parse(sentence)).toBe(sentence.normalize("NFC"));
  });

  test("whatever people write next to each other in these languages is taken", () => {
    const spoken = fc.array(fc.constantFrom(...Object.values(sentences)), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(spoken, fc.constantFrom(" ", "\n", ", "), (parts, between) => passes(parts.join(between))),
    );
  });

  test("a stack of more than four accents on one letter is refused, wherever it stands, with what to do", () => {
    fc.assert(
      fc.property(
        fc.constantFrom("", "Jalan rusak ", "Jalan\n"),
        letters,
        fc.array(accents, { minLength: 6, maxLength: 200 }),
        fc.constantFrom("", " sekali", "\nsekali"),
        (before, letter, stack, after) => {
          // Composing takes one accent into the letter at most, so at least five are left.
          const text = `${before}${letter}${stack.join("")}${after}`;
          expect(whyNot(text)?.id).toMatch(/tidak terbaca.*Hapus tanda itu/);
          expect(whyNot(text)?.en).toMatch(/cannot be read.*Remove these marks/);
        },
      ),
    );
  });

  test("one to four accents on a letter are taken", () => {
    fc.assert(
      fc.property(letters, fc.array(accents, { minLength: 1, maxLength: 4 }), (letter, stack) =>
        passes(`Kata ${letter}${stack.join("")} begitu`),
      ),
    );
  });

  test.each([
    ["marks of one script", `ก${"\u0E47".repeat(7)}`],
    ["marks of several scripts", "a\u0E47\u05B0\u064B\u0E48\u05B1\u064C\u0E49"],
    ["circles", `a${"\u20DD".repeat(5)}`],
    ["Cyrillic signs of a million", `a${"\u0489".repeat(5)}`],
    ["accents with joiners between them", `a${"\u0301\u200D".repeat(6)}`],
    ["accents with choosers of form between them", `a${"\u0301\uFE0F".repeat(6)}`],
    ["accents with grapheme joiners between them", `a${"\u0301\u034F".repeat(6)}`],
    ["accents on a blank", `a ${"\u0301".repeat(6)}`],
    ["accents on an emoji", `a 👍${"\u0334".repeat(6)}`],
    ["a mark on nothing", "\u0301Jalan rusak"],
    ["a mark on nothing, behind something unseen", "\u200D\u0338Jalan rusak"],
    ["a mark on nothing in a new line", "Jalan\n\u0336rusak"],
  ])("%s are refused when they hide the text", (_what, text) => {
    expect(whyNot(text)?.id).toContain("tidak terbaca");
    expect(line(200).safeParse(text).success).toBe(false);
  });

  test("the longest text of nothing but marks or joiners comes to its end", () => {
    const longest = (sign: string) => passes(`a${sign.repeat(9_999 / sign.length)}`);
    expect(longest("\u0301")).toBe(false);
    expect(longest("\u0301\u200D")).toBe(false);
    expect(longest("\u200D")).toBe(true);
    expect(longest("x\u0302\u0303\u0304\u0305")).toBe(true);
  });

  test("the fields of a report are refused by name, its title, its text, its address and the name of its reporter", async () => {
    const stacked = `Jalan z${"\u0301\u0316\u0334".repeat(8)}`;
    const { status, body } = await anOffice().send(
      {
        ...roadComplaint,
        title: stacked,
        text: stacked,
        location: { regionCode: "64.71", address: stacked },
        reporter: { name: stacked },
      },
      "192.0.2.1",
    );
    expect(status).toBe(400);
    expect(body.errors.map(({ path }: { path: string }) => path).sort()).toEqual([
      "location.address",
      "reporter.name",
      "text",
      "title",
    ]);
    expect(JSON.stringify(body)).not.toContain("\u0316");
  });

  test("an officer's answer with stacked marks is refused too", async () => {
    const office = anOffice();
    const { as } = await office.submit();
    await as("admin", "verification");
    const { status, body } = await as("worker", "progress", { text: `Besok${"\u0301".repeat(9)}` });
    expect([status, body.errors?.[0]?.path]).toEqual([400, "text"]);
  });
});
