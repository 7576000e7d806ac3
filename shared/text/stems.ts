import { stemmer } from "@orama/stemmers/indonesian";

/** A report is compared by so many of its words. */
const wordsKept = 24;

/** Words that say nothing about the matter of a report, polite ones among them. */
const everyday = new Set(
  "di ke yang dan atau dari pada untuk dengan dalam oleh karena agar supaya bahwa juga sudah belum akan telah masih lagi saja saya kami kita anda mereka ini itu ada tidak bukan jangan mohon tolong harap segera bapak ibu pak min admin terima kasih makasih sangat sekali para hari bulan tahun minggu jam sejak sampai setiap seperti sehingga kalau bila jika saat waktu tempat orang warga masyarakat laporan lapor gak nggak tdk utk dgn krn yg sdh udah blm belom dong sih kok nya tapi tetapi namun lebih kurang besar".split(
    " ",
  ),
);

/** Whether a word says nothing about the matter of a report. */
export const isEveryday = (word: string): boolean => everyday.has(word);

/** The stem of a word in lower case. */
export const stemOf = (word: string): string => stemmer(word) || word;

const wordsIn = (text: string): string[] => text.normalize("NFKC").match(/\p{L}{3,}/gu) ?? [];

/** What a report is about: the stems of its first telling words, each once. What holds a digit or another sign is no word. */
export function tellingWords(title: string, text: string): string[] {
  const words = new Set<string>();
  for (const word of wordsIn(`${title} ${text}`.toLowerCase())) {
    if (word.length > 30 || isEveryday(word)) continue;
    words.add(stemOf(word));
    if (words.size === wordsKept) break;
  }
  return [...words];
}

/** What a report says in words. */
export interface Written {
  title: string;
  text: string;
}

/** The words with these stems as a report writes them, each stem once: a stem alone is often no word. */
export function asSpelled(stems: readonly string[], { title, text }: Written): string[] {
  const spelled = new Map<string, string>();
  for (const word of wordsIn(`${title} ${text}`)) {
    const stem = stemOf(word.toLowerCase());
    if (!isEveryday(word.toLowerCase()) && !spelled.has(stem)) spelled.set(stem, word);
  }
  return stems.map((stem) => spelled.get(stem) ?? stem);
}
