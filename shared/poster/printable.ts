/** Latin letters that do not come apart into a plain letter and a mark, and signs that a plain one stands for. */
const plain: Readonly<Record<string, string>> = {
  ...{ đ: "d", Đ: "D", ħ: "h", Ħ: "H", ı: "i", ĸ: "k", ł: "l", Ł: "L", ŋ: "ng", Ŋ: "Ng", ŧ: "t", Ŧ: "T" },
  ...{ ɓ: "b", Ɓ: "B", ɗ: "d", Ɗ: "D", ƙ: "k", Ƙ: "K", ƴ: "y", Ƴ: "Y", ə: "e", Ə: "E", ɛ: "e", ɔ: "o" },
  ...{ ʻ: "'", ʼ: "'", ʹ: "'", ʾ: "'", ʿ: "'", "′": "'", "″": '"', "‐": "-", "‑": "-", "−": "-", "⁄": "/" },
};
const marks = /\p{M}/gu;

/**
 * A text in the signs that a font has. A letter that it lacks is written by its plain letter: "Dinas Pendidikan Wałbrzych" becomes
 * "Walbrzych". A sign of another script has none, and is left out.
 */
export const printable = (text: string, has: (sign: string) => boolean): string =>
  [...text.normalize("NFC")]
    .map((sign) => {
      if (has(sign)) return sign;
      const simple = plain[sign] ?? sign.normalize("NFKD").replace(marks, "");
      return [...simple].filter((one) => has(one)).join("");
    })
    .join("")
    .replace(/\s+/g, " ")
    .trim();
