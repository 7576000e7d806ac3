import jsonBodyParser from "@middy/http-json-body-parser";
import type { APIGatewayProxyEventV2 } from "aws-lambda";
import * as z from "zod";
import { Refusal, refuseFields } from "../refusal.ts";
import { bodyRefusal, repeatedFields } from "./field-messages.ts";
import { repeatedKeys } from "./json.ts";
import { isPage } from "./page/address.ts";

const maximumBodyBytes = 64 * 1024;
/** A page has measured its form before it asks a route. So the field itself says how much too long its text is. */
const maximumBytesOfPages = 1024 * 1024;

const jsonParser = jsonBodyParser();
type ParserRequest = Parameters<NonNullable<typeof jsonParser.before>>[0];

const formType = /^application\/x-www-form-urlencoded(;|$)/i;
/** Mail programs send the click on "unsubscribe" like this (RFC 8058). */
const multipartType = /^multipart\/form-data(;|$)/i;

/**
 * Reads the body of a request as JSON, or as a form where the route takes forms. Its schema says which fields are lists. Whoever
 * has nothing to say may leave the body out where the route needs nothing.
 */
export async function readBody(
  event: APIGatewayProxyEventV2,
  { schema, takesForms }: { schema: z.ZodType; takesForms: boolean | "in-parts" },
): Promise<unknown> {
  const text = textOf(event);
  if (text === "" && needsNothing(schema)) return {};
  const type = event.headers["content-type"] ?? "";
  if (takesForms && formType.test(type)) return readForm(new URLSearchParams(text), schema);
  if (takesForms === "in-parts" && multipartType.test(type))
    return readForm(await partsOf(text, type), schema);
  return readJson(event, text);
}

/** Whether a route with this schema of its body takes a request that says nothing. */
export const needsNothing = (schema: z.ZodType): boolean => schema.safeParse({}).success;

function textOf({ body = "", isBase64Encoded, requestContext }: APIGatewayProxyEventV2): string {
  const most = isPage(requestContext.http.path) ? maximumBytesOfPages : maximumBodyBytes;
  if (Buffer.byteLength(body, isBase64Encoded ? "base64" : "utf8") > most)
    throw new Refusal("too-large", {
      id: "Kiriman ini lebih dari 64 KB. Persingkat teksnya, lalu kirim lagi.",
      en: "This request is larger than 64 KB. Shorten the text and send it again.",
    });
  const text = isBase64Encoded ? Buffer.from(body, "base64").toString() : body;
  return text.replace(/^\uFEFF/, "");
}

async function readJson(event: APIGatewayProxyEventV2, text: string): Promise<unknown> {
  const request = { event: { ...event, body: text, isBase64Encoded: false } } as ParserRequest;
  try {
    await jsonParser.before?.(request);
  } catch (error) {
    throw inOurWords(error);
  }
  const repeated = repeatedKeys(text);
  if (repeated === "too-deep")
    throw bodyRefusal({
      id: "Isi ini bukan JSON yang benar: objek dan daftarnya bersarang terlalu dalam.",
      en: "This body is not valid JSON: its objects and lists are nested too deep.",
    });
  if (repeated.length > 0) throw refuseFields(repeatedFields(repeated));
  return request.event.body;
}

/** What middy's parser refuses, in our words. */
function inOurWords(error: unknown): unknown {
  switch ((error as { statusCode?: number }).statusCode) {
    case 415:
      return new Refusal("unsupported-media-type", {
        id: "Kirim isi sebagai JSON, dengan tajuk Content-Type: application/json.",
        en: "Send the body as JSON, with the header Content-Type: application/json.",
      });
    case 422:
      return bodyRefusal({ id: "Isi ini bukan JSON yang benar.", en: "This body is not valid JSON." });
    default:
      return error;
  }
}

/** The fields of a form in parts. A file counts as its name. */
async function partsOf(text: string, type: string): Promise<[string, string][]> {
  try {
    const form = await new Response(text, { headers: { "content-type": type } }).formData();
    return [...form].map(([name, value]) => [name, typeof value === "string" ? value : value.name]);
  } catch {
    throw bodyRefusal({ id: "Isi ini bukan formulir yang benar.", en: "This body is not a valid form." });
  }
}

/** A form as a plain object: text by name, and a list of texts where the schema has a list. */
function readForm(pairs: Iterable<[string, string]>, schema: z.ZodType): unknown {
  const given = Map.groupBy(pairs, ([name]) => name);
  const lists = listsOf(schema);
  const repeated = [...given].filter(([name, { length }]) => length > 1 && !lists.has(name));
  if (repeated.length > 0) throw refuseFields(repeatedFields(repeated.map(([name]) => [name])));
  return Object.fromEntries(
    [...given].map(([name, pairs]) => {
      const values = pairs.map(([, value]) => value);
      return [name, lists.has(name) ? values : values[0]];
    }),
  );
}

/** The names of the fields that are lists, optional or not. */
const listsOf = (schema: z.ZodType): Set<string> =>
  new Set(
    schema instanceof z.ZodObject
      ? Object.keys(schema.shape).filter((name) => isList(schema.shape[name]))
      : [],
  );

const isList = (field: unknown): boolean =>
  field instanceof z.ZodArray ||
  ((field instanceof z.ZodOptional || field instanceof z.ZodDefault) && isList(field.unwrap()));
