import type { Language } from "../../../shared/language.ts";
import type { EveryPage } from "../every-page.ts";
import { asOfficer } from "../officer.ts";
import { officers } from "../samples.ts";
import type { Visitor } from "../visitor.ts";

const asUnit = (to: string): EveryPage["at"] => ({
  async walk({ visitor, language }: { visitor: Visitor; language: Language }) {
    await asOfficer(visitor, officers.unit, { to, language });
  },
});

/** The chapters of the guidance, as they are called in its addresses. */
const chapters = {
  peran: "who does what",
  alur: "the life of a report",
  langkah: "every move",
  hitungan: "limits and how they are counted",
  rahasia: "secrecy and identity",
  bukti: "evidence and photos",
  pelapor: "what a reporter reads",
  eskalasi: "when it is late",
  berlatih: "practice",
  kontak: "whom to ask",
};

/** The guidance of officers. */
export const rows: EveryPage[] = [
  {
    name: "The guidance of officers",
    at: asUnit("/petugas/panduan"),
    audience: "private",
    instructs: true,
  },
  ...Object.entries(chapters).map(([id, about]): EveryPage => ({
    name: `A chapter of the guidance of officers: ${about}`,
    at: asUnit(`/petugas/panduan/${id}`),
    audience: "private",
  })),
  {
    name: "The guidance of officers as one booklet",
    at: asUnit("/petugas/panduan/buku"),
    audience: "private",
  },
];
