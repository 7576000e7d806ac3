/** The domains of Gmail. They are one, and dots before the "@" mean nothing there. */
const gmail = new Set(["gmail.com", "googlemail.com"]);

/**
 * One spelling for addresses that lead to one mailbox, as far as spelling shows it: upper case, a "+tag", and dots at Gmail. Mails
 * are counted by it, and are sent to the address as it was typed.
 */
export function oneMailbox(address: string): string {
  const [local = "", domain = ""] = address.trim().toLowerCase().split("@");
  const name = local.replace(/\+.*$/, "");
  return gmail.has(domain) ? `${name.replaceAll(".", "")}@gmail.com` : `${name}@${domain}`;
}
