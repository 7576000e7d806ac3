import type { APIGatewayProxyEventV2 } from "aws-lambda";
import * as z from "zod";
import { type FieldRefusal, type Part, refuseFields } from "../refusal.ts";
import { allTidied } from "../text/tidy.ts";
import { readBody } from "./body.ts";
import { fieldRefusals } from "./field-messages.ts";

/** What a route reads. Every part is parsed before the route's own code runs; what nobody declared is refused. */
export interface Input {
  path?: z.ZodType;
  query?: z.ZodType;
  header?: z.ZodType;
  body?: z.ZodType;
}

export type Parsed<I extends Input> = { [P in keyof I]: I[P] extends z.ZodType ? z.output<I[P]> : never };

/** The path and the query of a route that declares none. */
const nothing = { path: z.strictObject({}), query: z.strictObject({}) };

/** What a route declares, with an empty path and query where it declares none. */
export const wholeInput = <I extends Input>(declared: I) => ({ ...nothing, ...declared });

/** Apps hang these onto addresses that people share. They tell nothing that a route reads. */
const hungOn =
  /^(?:utm_[a-z_]+|fbclid|mibextid|gclid|gclsrc|gad_\w+|dclid|gbraid|wbraid|srsltid|_g[al]|msclkid|ttclid|twclid|li_fat_id|ysclid|igshid|igsh|mc_[ce]id)$/i;

/**
 * The query without what apps hang onto the addresses that people open. A form of a page is sent to the address that the page was
 * opened at. What else is sent with a body stays as it is.
 */
const queryOf = (
  { queryStringParameters = {}, requestContext }: APIGatewayProxyEventV2,
  takesForms: boolean,
): Record<string, string | undefined> =>
  requestContext.http.method === "GET" || takesForms
    ? Object.fromEntries(Object.entries(queryStringParameters).filter(([name]) => !hungOn.test(name)))
    : queryStringParameters;

const partsOf = (
  event: APIGatewayProxyEventV2,
  { body, takesForms }: { body: unknown; takesForms: boolean },
): Record<Part, unknown> => {
  // The gateway sends whole prefixes and calls the rest "proxy"; the router has taken it apart.
  const { proxy: _, ...path } = event.pathParameters ?? {};
  return { path, query: queryOf(event, takesForms), header: event.headers, body };
};

/**
 * Parses what a route declares, and refuses everything that is wrong with it at once. Every text is tidied first, so that the
 * blanks and unseen marks that people copy along with an address or a number refuse nothing, in whichever field.
 */
export async function parsed<I extends Input>(
  declared: I,
  event: APIGatewayProxyEventV2,
  { takesForms = false }: { takesForms?: boolean | "in-parts" },
): Promise<Parsed<I>> {
  const body = declared.body && (await readBody(event, { schema: declared.body, takesForms }));
  const parts = partsOf(event, { body, takesForms: takesForms !== false });
  const found: Record<string, unknown> = {};
  const wrong: FieldRefusal[] = [];
  for (const part of ["path", "query", "header", "body"] as const) {
    const schema = declared[part];
    // What a route takes as it comes stays as it came.
    const given = schema instanceof z.ZodUnknown ? parts[part] : allTidied(parts[part]);
    const result = schema?.safeParse(given);
    if (result?.success) found[part] = result.data;
    else if (result) wrong.push(...fieldRefusals(part, result.error, given));
  }
  if (wrong.length > 0) throw refuseFields(wrong);
  return found as Parsed<I>;
}
