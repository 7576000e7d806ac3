import { stemOf, tellingWords } from "../../text/stems.ts";

const stemsOf = (text: string): string[] => tellingWords(text, "");

/** What people say every day, and the words that the names of categories have for it. */
const meanings = (
  [
    { said: "lampu mati", unless: "jalan lintas taman", meant: "pemadaman listrik" },
    { said: "listrik mati", meant: "pemadaman listrik" },
    { said: "antrean", meant: "antrian" },
    { said: "air keruh", meant: "layanan air minum" },
    { said: "air mengalir", meant: "layanan air minum" },
    { said: "pdam", meant: "layanan air minum" },
    { said: "parit", meant: "drainase" },
    { said: "got", meant: "drainase" },
    { said: "makan bergizi gratis", meant: "kualitas makanan mbg" },
    { said: "internet", meant: "jaringan internet" },
    { said: "guru", meant: "guru tenaga kependidikan" },
  ] satisfies { said: string; unless?: string; meant: string }[]
).map(({ said, unless = "", meant }) => ({
  said: stemsOf(said),
  unless: stemsOf(unless),
  meant: stemsOf(meant),
}));

/** Words that mean many things: "mati" is said of lamps and of people. Alone they tell no category. */
const ambiguous = new Set(
  "mati masuk lama lambat dapat rumah liar harga minta bayar anak kartu uang nama sesuai dukung layan hilang terima salah baik rusak habis naik turun umum lainnya terkait proses beri tinggi rendah jauh penuh milik tindak motor bangun keluarga kerja air jalan lalu lewat jadi desa sistem putus sakit"
    .split(" ")
    .map(stemOf),
);

/** Whether a stem alone does not tell what a report is about. */
export const isAmbiguous = (stem: string): boolean => ambiguous.has(stem);

/** The stems of a report, with those that categories have for what it says in everyday words. */
export function withMeanings(said: readonly string[]): Set<string> {
  const all = new Set(said);
  for (const meaning of meanings)
    if (meaning.said.every((stem) => all.has(stem)) && !meaning.unless.some((stem) => all.has(stem)))
      for (const stem of meaning.meant) all.add(stem);
  return all;
}
