/** So many words are kept of a report. */
const wordsKept = 24;

/** Words that say nothing of what a report is about, polite ones among them. */
const everyday = new Set(
  "yang dan atau dari pada untuk dengan dalam oleh karena agar supaya bahwa juga sudah belum akan telah masih lagi saja saya kami kita anda mereka ini itu ada tidak bukan jangan mohon tolong harap segera bapak ibu pak min admin terima kasih makasih sangat sekali para hari bulan tahun minggu jam sejak sampai setiap seperti sehingga kalau bila jika saat waktu tempat orang warga masyarakat laporan lapor gak nggak tdk utk dgn krn yg sdh udah blm belom dong sih kok nya tapi tetapi namun lebih kurang besar".split(
    " ",
  ),
);

/** What is left of a word without the commonest beginnings and endings. Crude, and the same for every report. */
function stem(word: string): string {
  let left = word.replace(/(?:lah|kah|nya|ku|mu)$/, "");
  if (left.length < 4) left = word;
  const bare = left
    .replace(/^(?:meng|meny|mem|men|peng|peny|pem|pen|ber|ter|per|me|di|ke|se)(?=\p{L}{4})/u, "")
    .replace(/(?<=\p{L}{4})(?:kan|an|i)$/u, "");
  return bare.length >= 3 ? bare : left;
}

/** What a report is about: the stems of its first telling words, each once. Numbers and what people disguise are no words. */
export function tellingWords(title: string, text: string): string[] {
  const words = new Set<string>();
  for (const [word] of `${title} ${text}`
    .normalize("NFKC")
    .toLowerCase()
    .matchAll(/\p{L}{3,}/gu)) {
    if (word.length > 30 || everyday.has(word)) continue;
    words.add(stem(word));
    if (words.size === wordsKept) break;
  }
  return [...words];
}
