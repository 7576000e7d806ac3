import { type Case, statusText } from "../../case/case.ts";
import { inWords } from "../../deadline/calendar/time-zone.ts";
import type { Agency } from "../../directory/directory.ts";
import { limitFacts, officersLink } from "./about.ts";
import { isDiscreet } from "./discretion.ts";
import { type Fact, layOut, type Mail } from "./mail.ts";
import { classText } from "./words/case.ts";

/** Where it happened. */
const whereabouts = (found: Case, region: string | undefined): string =>
  [found.location?.address, region].filter(Boolean).join(", ") || "Tidak disebutkan";

/**
 * The alert to the agency that verifies a new case. It holds neither title nor text, because these may name people. Of a
 * discreet case it holds neither agency nor place, and the number stands in the text only.
 */
export function newCaseAlert(
  found: Case,
  {
    verifier,
    agencyName,
    regionName,
    siteUrl,
  }: {
    verifier: Agency;
    agencyName: string | undefined;
    regionName: string | undefined;
    siteUrl: string | undefined;
  },
): Mail {
  const kind = classText[found.class].id;
  const secrecy = [found.anonymous && "pelapor anonim", found.secret && "isi rahasia"].filter(Boolean);
  const discreet = isDiscreet(found);
  const told: Fact[] = discreet
    ? []
    : [
        ["Jenis laporan", kind],
        ["Instansi tujuan", agencyName ?? "Belum ditentukan"],
        ["Tempat", whereabouts(found, regionName)],
      ];
  return layOut(verifier.alertEmail, "id", {
    subject: discreet
      ? "Laporan baru menunggu verifikasi"
      : `[${found.trackingNumber}] ${kind} baru menunggu verifikasi`,
    greeting: discreet ? "Yth. Admin SP4N-LAPOR!," : `Yth. Admin SP4N-LAPOR! ${verifier.name},`,
    paragraphs: [
      agencyName
        ? "Ada laporan baru untuk instansi Anda, atau untuk instansi lain yang tidak mempunyai admin. Mohon diverifikasi."
        : "Ada laporan baru tanpa instansi tujuan. Mohon diverifikasi dan didisposisikan.",
    ],
    facts: [
      ["Nomor pelacakan", found.trackingNumber],
      ...told,
      ["Diterima", inWords(found.submittedAt, verifier.timeZone, "id")],
      ["Status", statusText[found.status].id],
      ...limitFacts(found, verifier, "id"),
      ...(secrecy.length > 0 ? [["Perlindungan", secrecy.join(", ")] as Fact] : []),
    ],
    link: officersLink(siteUrl, found.trackingNumber, { label: "Buka laporan" }),
    closing:
      "SP4N-LAPOR! mengirim email ini secara otomatis. Jangan meneruskan data pelapor di luar sistem. Jangan membalas email ini.",
  });
}
