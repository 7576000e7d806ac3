import { roleText } from "../../case/views/words.ts";
import { inBoth, inWords } from "../../deadline/calendar/time-zone.ts";
import type { Agency, Officer } from "../../directory/directory.ts";
import type { Text } from "../../language.ts";
import type { AccountNotice } from "../mail-message.ts";
import { layOut, type Mail } from "./mail.ts";

const told: Record<AccountNotice["what"], Text> = {
  "authenticator-reset": {
    id: "Seorang admin mengatur ulang autentikator akun Anda. Semua sesi Anda berakhir. Masuklah dengan kata sandi Anda, lalu pasang autentikator baru pada halaman yang muncul.",
    en: "An administrator reset the authenticator of your account. All your sessions have ended. Sign in with your password and set up a new authenticator on the page that follows.",
  },
  "further-post": {
    id: "Anda diberi jabatan di instansi di bawah ini. Masuklah dengan akun yang sudah Anda punyai; tidak ada kata sandi baru.",
    en: "You were given a post at the agency below. Sign in with the account that you have; there is no new password.",
  },
};

const ifUnknown: Text = {
  id: "Bila Anda tidak mengetahui hal ini, segera telepon atau datangi admin instansi Anda atau admin di tingkat atasnya. Jangan membalas email ini.",
  en: "If you do not know of this, call or visit the administrator of your agency or of the level above at once. Do not reply to this email.",
};

/** The mail about an officer's account, in Indonesian first. It holds no link and no secret. */
export const accountNoticeMail = (
  { name, email, role }: Officer,
  what: AccountNotice["what"],
  agency: Agency | undefined,
  at: Date,
): Mail => {
  const timeZone = agency?.timeZone ?? "Asia/Jakarta";
  return layOut(email, "id", {
    subject: "Akun petugas SP4N-LAPOR! / Your SP4N-LAPOR! officer account",
    greeting: `Yth. ${name},`,
    paragraphs: [told[what].id, ifUnknown.id, told[what].en, ifUnknown.en],
    facts: [
      ["Jabatan / Post", `${inBoth((language) => roleText[role][language])}, ${agency?.name ?? "-"}`],
      ["Waktu / When", inBoth((language) => inWords(at.toISOString(), timeZone, language))],
    ],
    closing:
      "SP4N-LAPOR! mengirim email ini secara otomatis. Jangan membalas email ini. / SP4N-LAPOR! sent this email automatically. Do not reply to it.",
  });
};
