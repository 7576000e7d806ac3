import type { Text } from "../language.ts";

/** Domains under which offices of the state, villages, the forces, universities and schools run their own mailboxes. */
const officeDomains: readonly string[] = ["go.id", "desa.id", "mil.id", "ac.id", "sch.id"];

/** The domain of an address as it is registered: in lower case and ASCII, without a dot at the end. */
function domainOf(email: string): string {
  const typed = email.slice(email.lastIndexOf("@") + 1).trim();
  const address = `http://${typed}/`;
  const domain = URL.canParse(address) ? new URL(address).hostname : typed.toLowerCase();
  return domain.replace(/\.+$/, "");
}

/** Whether an office runs the mailbox of this address: its domain is on the list or stands below one that is. */
export function isOfficeMailbox(email: string, domains = officeDomains): boolean {
  const domain = domainOf(email);
  return domains.some((one) => domain === one || domain.endsWith(`.${one}`));
}

/** What a form says as soon as such an address is typed, before anything is sent. */
export const officeMailboxBefore: Text = {
  id: "Alamat email ini milik kantor, kampus, atau sekolah. Pengelolanya dapat melihat bahwa SP4N-LAPOR! mengirim email kepada Anda. Bila laporan Anda menyangkut mereka, pakai alamat pribadi atau kosongkan alamat ini.",
  en: "This address belongs to an office, a university or a school. Whoever runs it can see that SP4N-LAPOR! writes to you. If your report concerns them, use a private address or leave the address out.",
};

/** What the answer says after such an address was sent. */
export const officeMailboxAfter: Text = {
  id: "Alamat email Anda milik kantor, kampus, atau sekolah. Pengelolanya dapat melihat bahwa SP4N-LAPOR! mengirim email kepada Anda. Bila itu tidak aman, ganti alamatnya (contact) atau hentikan emailnya (mail-settings) dengan tanda terima Anda.",
  en: "Your address belongs to an office, a university or a school. Whoever runs it can see that SP4N-LAPOR! writes to you. If that is not safe, change the address (contact) or stop the emails (mail-settings) with your receipt.",
};

/** What it says besides, where the receipt is mailed to such an address. */
export const officeMailboxReceipt: Text = {
  id: "Tanda terima yang Anda minta juga dikirim ke sana: siapa pun yang membacanya dapat bertindak sebagai pelapor. Ganti tanda terima itu (receipt-rotation) bila orang lain dapat membuka kotak email itu.",
  en: "The receipt that you asked for goes there too: whoever reads it can act as the reporter. Replace it (receipt-rotation) if anybody else can open that mailbox.",
};
