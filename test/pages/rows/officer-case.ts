import type { EveryPage } from "../every-page.ts";
import { asOfficer } from "../officer.ts";
import { officers, type Situation } from "../samples.ts";
import { joined } from "./officer-moves.ts";

/** A page of a sample case, for an officer who has signed in. */
const atCase = (
  name: string,
  officer: keyof typeof officers,
  situation: Situation,
  { part = "", ...more }: { part?: string } & Partial<EveryPage> = {},
): EveryPage => ({
  name,
  at: {
    walk: async ({ visitor, sample, language }) => {
      const { trackingNumber } = await sample(situation);
      await asOfficer(visitor, officers[officer], {
        to: `/petugas/laporan/${trackingNumber}${part}`,
        language,
      });
    },
  },
  audience: "private",
  ...more,
});

/** A page for an officer who types an address themselves. */
const typedAddress = (name: string, address: string, status: number): EveryPage => ({
  name,
  at: {
    walk: async ({ visitor, language, to }) => {
      await asOfficer(visitor, officers.unit, { language });
      await visitor.open(to(address));
    },
  },
  audience: "private",
  status,
});

/** The page of a case for its officers, and what hangs on it. */
export const rows: EveryPage[] = [
  atCase("A case at verification, for its officer", "city", "submitted"),
  atCase("A secret case, for its officer", "city", "secret"),
  atCase("A case that is worked on, for its officer", "unit", "in-progress", { part: "?sudah=progress" }),
  atCase("A case with an open question, for its officer", "unit", "asked"),
  atCase("A case that is answered, for the head of its agency", "head", "answered"),
  atCase("A case that is closed, for its officer", "unit", "closed"),
  {
    name: "A file that is not there, for an officer",
    at: {
      walk: async ({ visitor, sample, language, to }) => {
        const { trackingNumber } = await sample("in-progress");
        await asOfficer(visitor, officers.unit, { language });
        await visitor.open(to(`/petugas/laporan/${trackingNumber}/berkas/tidak-ada`));
      },
    },
    audience: "private",
    status: 404,
  },
  {
    name: "A case that follows another one, for its officer",
    at: {
      walk: async ({ visitor, site, language }) => {
        const { trackingNumber } = await joined(site);
        await asOfficer(visitor, officers.city, { to: `/petugas/laporan/${trackingNumber}`, language });
      },
    },
    audience: "private",
  },
  typedAddress("A mistyped number of a case, for an officer", "/petugas/laporan/7K3MQ-P4X9D", 404),
  typedAddress("Opening a case by its number, for an officer", "/petugas/laporan", 200),
  atCase("Reports that may be the same", "city", "submitted", { part: "/serupa" }),
  {
    name: "Two reports side by side",
    at: {
      walk: async ({ visitor, sample, language }) => {
        const [one, other] = [await sample("submitted"), await sample("in-progress")];
        await asOfficer(visitor, officers.city, {
          to: `/petugas/laporan/${one.trackingNumber}/serupa?dengan=${other.trackingNumber}`,
          language,
        });
      },
    },
    audience: "private",
  },
  atCase("Attaching a file, as an officer", "unit", "in-progress", {
    part: "/lampirkan?untuk=jawab",
    usesBucket: true,
  }),
  atCase("A file that an officer cannot remove", "unit", "in-progress", { part: "/berkas/tidak-ada/hapus" }),
];
