import type { Endpoint, Route } from "../../shared/http/endpoint.ts";
import { valueOf } from "../../shared/http/page/form.ts";
import { ofOwnCase, ownFormAt } from "../../shared/http/page/own-case.ts";
import type { Frame } from "../../shared/http/page/visit.ts";
import type { Text } from "../../shared/language.ts";
import { daySeen, zoneSeen } from "../../shared/page/case/moments.ts";
import { html } from "../../shared/page/html.ts";
import { radios } from "../../shared/page/parts/form.ts";
import { refuseFields } from "../../shared/refusal.ts";

const words = {
  title: { id: "Izin membuka identitas dan berkas asli", en: "Opening your identity and originals" },
  intro: {
    id: "Identitas dan berkas asli Anda tersegel. Kepala instansi atau Ombudsman dapat membukanya hanya bila Anda mengizinkan. Setiap pembukaan mencatat alasannya, dan Anda membacanya di perjalanan laporan.",
    en: "Your identity and your originals are sealed. The head of the agency or the Ombudsman can open them only if you agree. Each opening is recorded with its reason, and you read it in the report.",
  },
  given: { id: "Sekarang Anda mengizinkannya, sejak", en: "You agree to it now, since" },
  notGiven: { id: "Sekarang Anda tidak mengizinkannya.", en: "You do not agree to it now." },
  question: { id: "Boleh dibuka?", en: "May they be opened?" },
  yes: { id: "Ya, boleh dibuka", en: "Yes, they may" },
  yesHint: {
    id: "Misalnya bila Ombudsman perlu menghubungi Anda.",
    en: "For example where the Ombudsman has to reach you.",
  },
  no: { id: "Tidak, jangan dibuka", en: "No, they may not" },
  noHint: {
    id: "Izin yang pernah Anda beri berakhir. Yang sudah dibuka tidak dapat ditutup kembali.",
    en: "An agreement that you gave ends. What was opened already cannot be closed again.",
  },
  after: {
    id: "Berlaku segera. Anda dapat mengubahnya kapan saja.",
    en: "It counts at once. You can change it at any time.",
  },
  send: { id: "Simpan", en: "Save" },
  notNow: {
    id: "Izin ini hanya diperlukan bila laporan anonim, atau sesudah laporan diarsipkan atau dicabut.",
    en: "This is needed only for anonymous reports, or once a report is archived or withdrawn.",
  },
} as const satisfies Record<string, Text>;

const choose: Text = { id: "Pilih salah satu.", en: "Choose one of these." };

/** `/saya/{trackingNumber}/izin-identitas`: lets the identity and the originals be opened, or takes that back. */
export const identityConsentPage = (frame: Frame, see: Endpoint, consent: Endpoint): Route[] =>
  ownFormAt(frame, see, {
    at: "izin-identitas",
    path: ofOwnCase,
    title: () => words.title,
    move: "consent-identity",
    notNow: (_, language) => html`<p>${words.notNow[language]}</p>`,
    fields: ["agreed"],
    intro: ({ view, language }) =>
      html`<p>${words.intro[language]}</p><p>${
        view.identityConsentedAt === undefined
          ? words.notGiven[language]
          : html`${words.given[language]} ${daySeen(view.identityConsentedAt, zoneSeen(view), language)}.`
      }</p>`,
    inputs: ({ told, language }) =>
      radios(told, { name: "agreed", label: words.question[language] }, [
        { value: "true", label: words.yes[language], hint: words.yesHint[language] },
        { value: "false", label: words.no[language], hint: words.noHint[language] },
      ]),
    consequence: ({ language }) => html`<p>${words.after[language]}</p>`,
    button: () => words.send,
    async send({ path, receipt, values, visit }) {
      const agreed = valueOf(values, "agreed");
      if (agreed !== "true" && agreed !== "false")
        throw refuseFields([{ in: "body", path: "agreed", message: choose }]);
      await visit.reply(consent, { path, receipt, body: { agreed: agreed === "true" } });
      return undefined;
    },
    done: "izin-identitas",
  });
