import type { APIGatewayProxyEventV2 } from "aws-lambda";
import * as z from "zod";
import { hasReceipt } from "../../case/receipt/receipt.ts";
import { type Language, languages } from "../../language.ts";
import { pageIn } from "../../page/layout.ts";
import { textSaved } from "../../page/typed-again.ts";
import { Refusal } from "../../refusal.ts";
import { ProofNeeded } from "../../traffic/load.ts";
import type { Endpoint, Route } from "../endpoint.ts";
import { noteFailedRequest } from "../failed-request.ts";
import { type Input, type Parsed, parsed, wholeInput } from "../input.ts";
import { type Problem, problemOf, refusalHeaders, refusalOf } from "../problem.ts";
import type { Reply } from "../reply.ts";
import { failedReply } from "./error-page.ts";
import { type FormValues, readFormOf, valueOf } from "./form.ts";
import { isForeign, refuseForged } from "./same-site.ts";
import { type Frame, type Visit, visitOf } from "./visit.ts";
import { askedToWait, typedIn } from "./waiting.ts";

/** A form that was refused: why, and everything that was typed. */
export interface Tried {
  problem: Problem;
  values: FormValues;
}

export type PathAndQuery = Omit<Input, "body" | "header">;

/** What a page answers. */
type Show<I extends PathAndQuery> = (request: Parsed<I>, visit: Visit) => Promise<Reply>;

export interface FormPage<I extends PathAndQuery> {
  input: I;
  /** Shows the page; after a refusal with all that was typed. */
  show(request: Parsed<I>, visit: Visit, tried: Tried | undefined): Promise<Reply>;
  /** Does what the form asks for, and leads on. What it refuses is shown in the form. */
  send(request: Parsed<I>, visit: Visit, values: FormValues): Promise<Reply>;
}

/** What is told of an address at which there is no page. */
export const noSuchPage = () =>
  new Refusal("not-found", {
    id: "Halaman ini tidak ada. Periksa alamatnya, atau cari di bawah.",
    en: "There is no such page. Check the address, or search below.",
  });

/** No case has a number of this shape: one letter was misread, and the last one tells. */
const noSuchNumber = () =>
  new Refusal("not-found", {
    id: "Tidak ada laporan dengan nomor ini. Periksa nomornya huruf demi huruf, atau cari laporannya di bawah.",
    en: "There is no report with this number. Check it letter by letter, or search for the report below.",
  });

/**
 * The query without what the page does not read: people share addresses, and others hang something onto them or cut them off. What a
 * page tells beside a field, it takes as it was typed.
 */
function readQuery(event: APIGatewayProxyEventV2, query: z.ZodType | undefined): APIGatewayProxyEventV2 {
  const known: Readonly<Record<string, z.core.$ZodType>> = query instanceof z.ZodObject ? query.shape : {};
  const typed = Object.entries(event.queryStringParameters ?? {});
  return {
    ...event,
    queryStringParameters: Object.fromEntries(
      typed.filter(([name, value]) => {
        const field = Object.hasOwn(known, name) ? known[name] : undefined;
        // An empty field of a search form says nothing.
        return field !== undefined && value !== "" && z.safeParse(field, value).success;
      }),
    ),
  };
}

/** What was asked for at the address of a page. What the page does not read of the query is left out. */
export async function read<I extends PathAndQuery>(
  input: I,
  event: APIGatewayProxyEventV2,
): Promise<Parsed<I>> {
  try {
    return await parsed(wholeInput(input), readQuery(event, input.query), {});
  } catch (error) {
    const wrong = error instanceof Refusal ? error.fields.find((field) => field.in === "path") : undefined;
    if (wrong) throw wrong.path === "trackingNumber" ? noSuchNumber() : noSuchPage();
    throw error;
  }
}

/** The routes of a page, one a language. */
export const routesAt = (
  path: string,
  method: Route["method"],
  input: Input,
  handle: Endpoint["handle"],
): Route[] =>
  languages.map((language) => ({
    method,
    path: pageIn(language, path),
    pageIn: language,
    summary: { id: "Halaman", en: "A page" },
    input,
    output: { 200: "page" },
    callers: "anyone",
    handle,
  }));

/** Whether an address holds a receipt, because somebody typed one into a search or into the field for a number. */
const bringsReceipt = ({ queryStringParameters = {} }: APIGatewayProxyEventV2): boolean =>
  Object.values(queryStringParameters).some((typed) => typed !== undefined && hasReceipt(typed));

/**
 * Declares a page that only shows something, in both languages. An address with a receipt is led away from at once: the page would
 * repeat it in its links, and the history of the browser would keep it.
 */
export const pageAt = <I extends PathAndQuery>(path: string, input: I, show: Show<I>): Route[] =>
  shownAt(path, input, async (event) => show(await read(input, event), visitOf(event)));

const shownAt = (path: string, input: Input, show: (event: APIGatewayProxyEventV2) => Promise<Reply>) =>
  routesAt(path, "GET", input, async (event, language) =>
    bringsReceipt(event) ? seeOther("/lacak?sesi=alamat", language) : show(event),
  );

/** The refusal as the page shows it. What is no refusal is our fault, and is told with the number of the request. */
export function problemFor(error: unknown, visit: Visit): Problem {
  const { requestId, language } = visit;
  noteFailedRequest(error, requestId);
  return problemOf(refusalOf(error), language, requestId, "page");
}

/** What forms need of their frame. */
type FormFrame = Pick<Frame, "siteUrl" | "files" | "seal" | "now"> &
  /** Absent where nothing is counted, so that nobody ever has to wait. */
  Partial<Pick<Frame, "waiting">>;

/** Declares a page with a form, in both languages. The form is sent to the page's own address. Another site's form is refused. */
export const formAt = <I extends PathAndQuery>(
  frame: FormFrame,
  path: string,
  { input, show, send }: FormPage<I>,
): Route[] => [
  ...shownAt(path, input, async (event) => {
    const visit = visitOf(event);
    try {
      return await show(await read(input, event), visit, undefined);
    } catch (error) {
      if (!visit.saved) throw error;
      return failedReply(frame, error, { ...visit, values: {} });
    }
  }),
  ...actionAt(frame, path, input, send, show),
];

/** Declares what a button does that stands on other pages, in both languages. */
export const actionAt = <I extends PathAndQuery>(
  frame: FormFrame,
  path: string,
  input: I,
  send: FormPage<I>["send"],
  show?: FormPage<I>["show"],
): Route[] =>
  routesAt(path, "POST", input, async (event) => {
    const sent = readFormOf(event);
    const visit = visitOf(event, valueOf(sent.values, "proof") || valueOf(sent.values, "tiket") || undefined);
    const { address } = visit;
    let values: FormValues = {};
    try {
      refuseForged(event, frame.siteUrl);
      if (sent.refusal) throw sent.refusal;
      values = await typedIn(frame, sent.values, address);
      const request = await read(input, event);
      return await answerOf(
        frame,
        { visit, sent: sent.values, typed: values },
        {
          send: () => send(request, visit, values),
          ...(show && { show: (problem) => show(request, visit, { problem, values }) }),
        },
      );
    } catch (error) {
      return failedReply(frame, error, {
        ...visit,
        values: isForeign(event, frame.siteUrl) ? {} : { ...sent.values, ...values },
      });
    }
  });

/** The problem with the comfort that nothing is lost. What is wrong with fields is no loss. */
const withSaved = (problem: Problem, { language }: Visit): Problem =>
  problem.errors ? problem : { ...problem, detail: `${problem.detail} ${textSaved[language]}` };

/** Does what a form asks for. In floods its sender waits; another refusal is shown in the form, where there is one. */
async function answerOf(
  frame: FormFrame,
  given: { visit: Visit; sent: FormValues; typed: FormValues },
  { send, show }: { send: () => Promise<Reply>; show?: (problem: Problem) => Promise<Reply> },
): Promise<Reply> {
  try {
    return await send();
  } catch (error) {
    const { waiting } = frame;
    if (error instanceof ProofNeeded && waiting) return askedToWait({ ...frame, waiting }, error, given);
    if (!show) throw error;
    const { visit } = given;
    const problem = problemFor(error, visit);
    const saved = visit.saved;
    const { headers = {}, cookies = [], ...shown } = await show(saved ? withSaved(problem, visit) : problem);
    return {
      ...shown,
      status: problem.status,
      headers: { ...headers, ...refusalHeaders(refusalOf(error)) },
      cookies: [...(saved?.cookies ?? []), ...cookies],
    };
  }
}

/** Leads on after a form: a reload sends nothing again. */
export const seeOther = (address: string, language: Language, cookies: readonly string[] = []): Reply => ({
  status: 303,
  headers: { location: pageIn(language, address) },
  cookies,
});
