import * as z from "zod";
import { endpoint } from "../../shared/http/endpoint.ts";
import { ok, page } from "../../shared/http/reply.ts";
import { type Language, say } from "../../shared/language.ts";
import type { Stopping, StopTokens } from "../../shared/notification/addresses/unsubscribe-flow.ts";
import {
  type MailReader,
  unsubscribed,
  unsubscribeForm,
} from "../../shared/notification/addresses/unsubscribe-page.ts";
import { Refusal } from "../../shared/refusal.ts";
import type { ReporterStore } from "../../shared/reporter/reporter-store.ts";
import type { SubscriberStore } from "../../shared/subscriber/subscriber-store.ts";

/** What the links that stop mails work with. */
export interface Unsubscribing {
  stopTokens: Pick<StopTokens, "read">;
  reporters: Pick<ReporterStore, "turnAddressOff">;
  subscribers: Pick<SubscriberStore, "forget">;
}

const path = z.strictObject({
  token: z
    .string()
    .refine(
      (typed) => /^[\w-]{40,300}$/.test(typed),
      say(
        "Tautan ini tidak lengkap. Buka tautan dari email kami seutuhnya.",
        "This link is not whole. Open the whole link of our mail.",
      ),
    )
    .describe("The token of the link in a mail. It tells neither a case nor an address."),
});

const noSuchLink = () =>
  new Refusal("not-found", {
    id: "Tautan ini bukan dari email kami, atau alamat pada laporannya sudah diganti atau dihapus sesudah email itu. Bila masih datang email tentang laporan itu, pakai tautan dalam email yang terbaru.",
    en: "This link is from no email of ours, or the address with its report was replaced or removed after that email. If emails about that report still come, use the link in the newest one.",
  });

const whatStops = async ({ stopTokens }: Unsubscribing, token: string): Promise<Stopping> => {
  const stopping = await stopTokens.read(token);
  if (!stopping) throw noSuchLink();
  return stopping;
};

const readerOf = (stopping: Stopping): MailReader => ("subscriber" in stopping ? "subscriber" : "reporter");

/** `GET /v1/unsubscribe/{token}`: a page with one button. It changes nothing: programs open the links of mails too. */
export const showUnsubscribing = (unsubscribing: Unsubscribing) =>
  endpoint(
    {
      summary: { id: "Halaman untuk berhenti menerima email", en: "The page to stop emails" },
      input: { path },
      output: { 200: "page" },
    },
    async ({ path: { token } }, { language }) => {
      return page(unsubscribeForm(language, readerOf(await whatStops(unsubscribing, token))));
    },
  );

const click = z.strictObject({ "List-Unsubscribe": z.literal("One-Click") });
const answer = z.object({ mails: z.literal(false), text: z.string() });

const stopped = (language: Language, reader: MailReader) => {
  const text = unsubscribed(language, reader);
  return { ...ok({ mails: false, text: text.text }), renderings: { "text/html": () => text.page } };
};

/**
 * `POST /v1/unsubscribe/{token}`: stops mails about one case to one address, with the link of such a mail (RFC 8058). It takes
 * neither a receipt nor a sign-in, and a second click changes nothing.
 */
export const unsubscribe = (unsubscribing: Unsubscribing) =>
  endpoint(
    {
      summary: { id: "Berhenti menerima email dengan satu klik", en: "Stop emails with one click" },
      input: { path, body: click },
      output: { 200: answer },
      takesForms: "in-parts",
      hasRenderings: true,
    },
    async ({ path: { token } }, { language }) => {
      const stopping = await whatStops(unsubscribing, token);
      const { trackingNumber } = stopping;
      if ("subscriber" in stopping) {
        await unsubscribing.subscribers.forget({ trackingNumber, id: stopping.subscriber });
        return stopped(language, "subscriber");
      }
      const { round } = stopping;
      // Nobody writes to an address that the reporter gave up, so there is nothing to stop.
      if (
        round !== null &&
        !(await unsubscribing.reporters.turnAddressOff(trackingNumber, round, "unsubscribed"))
      )
        throw noSuchLink();
      return stopped(language, "reporter");
    },
  );
