import { type Answer, call, type Handler } from "../../fakes/gateway.ts";
import { anOffice } from "../../fakes/office.ts";
import { keptAfter } from "./markup.ts";

type Office = ReturnType<typeof anOffice>;

/** A case whose reporter has it open in a browser without scripts. */
export async function ownCaseOpen(
  change: Parameters<Office["submit"]>[0] = {},
  office = anOffice("2026-11-24T09:00:00+08:00"),
) {
  const found = await office.submit(change);
  const { number } = found;
  const receipt = found.receipt.authorization.replace("Receipt ", "");
  const opened = await call(office.publicApi, "POST", "/lacak", {
    form: { trackingNumber: number, receipt },
  });
  let jar: Answer[] = [opened];
  const address = (page: string, language = "") => `${language}/saya/${number}${page && `/${page}`}`;
  const handlerOf = (page: string): Handler => {
    if (/^(data|data\/hapus|surel)$/.test(page)) return office.identityApi;
    return page === "" || /^berkas\/[^/]+$/.test(page) ? office.publicApi : office.reporterApi;
  };
  /** A browser keeps what it is told to. Another browser, with cookies of its own, changes nothing in it. */
  const kept = async (answer: Promise<Answer>, elsewhere: boolean): Promise<Answer> => {
    if (!elsewhere) jar = [...jar, await answer];
    return answer;
  };
  return {
    ...found,
    office,
    receipt: found.receipt,
    code: receipt,
    address,
    cookies: () => keptAfter(...jar),
    /** Opens a page of the case: "tanggapan", or the case itself. */
    look: (
      page = "",
      {
        language = "",
        query,
        cookies,
      }: { language?: string; query?: Record<string, string>; cookies?: string[] } = {},
    ) =>
      kept(
        call(handlerOf(page), "GET", address(page, language), {
          cookies: cookies ?? keptAfter(...jar),
          ...(query && { query }),
        }),
        cookies !== undefined,
      ),
    /** Sends the form of a page, with what it brings along by itself. */
    send: (
      page: string,
      form: Record<string, string> = {},
      {
        language = "",
        cookies,
        headers,
      }: { language?: string; cookies?: string[]; headers?: Record<string, string> } = {},
    ) =>
      kept(
        call(handlerOf(page), "POST", address(page, language), {
          form,
          cookies: cookies ?? keptAfter(...jar),
          ...(headers && { headers }),
        }),
        cookies !== undefined,
      ),
    /** The case as far as its answer. */
    async answered() {
      await found.as("admin", "verification");
      await found.as("worker", "answer", { text: "Kami sudah menambal jalan itu tadi pagi." });
    },
  };
}

/** The hidden values of the form on a page. */
export const carriedBy = (answer: Answer): Record<string, string> =>
  Object.fromEntries(
    [...String(answer.body).matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)">/g)].map(
      ([, name = "", value = ""]) => [name, value],
    ),
  );
