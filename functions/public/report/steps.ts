import * as z from "zod";
import { type Submission, submission } from "../../../shared/case/submission/submission.ts";
import { checkNames } from "../../../shared/case/submission/submit-flow.ts";
import type { DirectoryStore } from "../../../shared/directory/directory-store.ts";
import { type Endpoint, endpoint } from "../../../shared/http/endpoint.ts";
import type { Visit } from "../../../shared/http/page/visit.ts";
import { ok } from "../../../shared/http/reply.ts";
import type { Text } from "../../../shared/language.ts";
import { type FieldRefusal, Refusal, refuseFields } from "../../../shared/refusal.ts";
import { charactersOf, tooLong } from "../../../shared/text/writing.ts";
import type { Draft } from "../../../shared/visitor/draft.ts";
import { reportBody } from "./body.ts";

export type StepName = "story" | "place" | "alike" | "recipient" | "identity" | "check";

/** A step of the report. */
export interface ReportStep {
  address: `/lapor/${string}`;
  /** The place in the row of six. */
  at: number;
  name: Text;
  /** The fields of its form. */
  fields: readonly string[];
  /** The part of the report that it asks for, if it asks for one. */
  part?: z.ZodType<Partial<Submission>> & { shape: object };
}

/** The steps of a report, in their order. */
export const reportSteps: Readonly<Record<StepName, ReportStep>> = {
  story: {
    address: "/lapor/cerita",
    at: 1,
    name: { id: "cerita", en: "what happened" },
    fields: ["class", "title", "text", "occurredOn", "category", "subcategory"],
    part: submission.pick({ class: true, title: true, text: true, occurredOn: true, category: true }),
  },
  place: {
    address: "/lapor/tempat",
    at: 2,
    name: { id: "tempat", en: "where" },
    fields: [
      "location.regionCode",
      "district",
      "village",
      "location.address",
      "location.latitude",
      "location.longitude",
    ],
    part: submission.pick({ location: true }),
  },
  alike: {
    address: "/lapor/serupa",
    at: 3,
    name: { id: "laporan serupa", en: "similar reports" },
    fields: ["alike"],
  },
  recipient: {
    address: "/lapor/tujuan",
    at: 4,
    name: { id: "tujuan", en: "to whom" },
    fields: ["agencyId", "agencyWords"],
    part: submission.pick({ agencyId: true }),
  },
  identity: {
    address: "/lapor/identitas",
    at: 5,
    name: { id: "siapa yang melihat Anda", en: "who sees you" },
    fields: [
      "asked",
      "anonymous",
      "secret",
      "reporter.name",
      "reporter.email",
      "reporter.phone",
      "reporter.nik",
      "reporter.mailReceipt",
    ],
    part: submission.pick({ anonymous: true, secret: true, reporter: true }),
  },
  check: {
    address: "/lapor/periksa",
    at: 6,
    name: { id: "periksa dan kirim", en: "check and send" },
    fields: [],
  },
};

/** What an empty field is told, in the words of the form. */
const ifEmpty: Readonly<Record<string, Text>> = {
  class: { id: "Pilih apa yang Anda inginkan.", en: "Choose what you want." },
  title: { id: "Tulis judul, satu baris.", en: "Write a title, in one line." },
  text: {
    id: "Ceritakan apa yang terjadi, paling sedikit satu kalimat.",
    en: "Tell what happened, in one sentence at least.",
  },
  "location.regionCode": {
    id: "Pilih kabupaten atau kotanya, supaya alamat atau titik ini dapat disimpan. Bila tidak tahu, pilih provinsinya.",
    en: "Choose the kabupaten or kota, so that this address or point can be stored. If you do not know it, choose the province.",
  },
};

/** What is told where the list lacks a choice. The API names its own lists, which are no use on a page. */
const notOnList: Readonly<Record<string, Text>> = {
  category: {
    id: "Kategori ini tidak ada. Pilih dari daftar.",
    en: "There is no such category. Choose from the list.",
  },
  "location.regionCode": {
    id: "Wilayah ini tidak ada. Pilih dari daftar.",
    en: "There is no such region. Choose from the list.",
  },
  agencyId: {
    id: "Instansi ini tidak ada. Pilih yang lain, atau biarkan kami yang memilih.",
    en: "There is no such agency. Choose another one, or let us choose.",
  },
};

const longest: Readonly<Record<string, number>> = {
  title: 150,
  text: 10_000,
  "location.address": 300,
  "reporter.name": 100,
};

/** Says how much too long a text is. */
function tooLongField(name: string, text: string): FieldRefusal | undefined {
  const most = longest[name] ?? Infinity;
  const count = charactersOf(text);
  return count <= most ? undefined : { in: "body", path: name, message: tooLong(most, count) };
}

/** Names the field that makes a draft too large to keep. */
export function tooLargeToKeep(typed: Readonly<Record<string, string>>): Refusal {
  const [name = "text", text = ""] =
    Object.entries(typed).sort(([, one], [, other]) => other.length - one.length)[0] ?? [];
  const message: Text = {
    id: "Teks ini terlalu panjang untuk disimpan. Salin ke tempat lain, lalu persingkat di sini.",
    en: "This text is too long to be saved. Copy it elsewhere, then shorten it here.",
  };
  return refuseFields([tooLongField(name, text) ?? { in: "body", path: name, message }]);
}

/** Checks what a step typed, as the API will check the whole report. Throws what it refuses; nothing is stored. */
export type CheckStep = (step: StepName, values: Draft["values"], visit: Visit) => Promise<void>;

/** A part of `POST /v1/cases` as an endpoint of its own that only checks. It is in no table of routes. */
const checkOf = (
  directory: DirectoryStore,
  body: z.ZodType<Partial<Submission>>,
  now: () => Date,
): Endpoint =>
  endpoint(
    { summary: { id: "Periksa isian", en: "Check fields" }, input: { body }, output: { 200: z.object({}) } },
    async ({ body }) => {
      await checkNames(directory, body, now());
      return ok({});
    },
  );

const namesIn = ({ part }: ReportStep): string[] => Object.keys(part?.shape ?? {});

/** What a refusal says in the words of the form: what is empty, and what is too long, is told as such. */
function inWordsOfForm(refusal: Refusal, long: readonly FieldRefusal[], values: Draft["values"]): Refusal {
  const others = refusal.fields.map((field) => {
    const empty = (values[field.path] ?? "").trim() === "" ? ifEmpty[field.path] : undefined;
    const lacking = field.message.id.includes("/v1/") ? notOnList[field.path] : undefined;
    return { ...field, message: empty ?? lacking ?? field.message };
  });
  return refuseFields([...long, ...others]);
}

const standIn = "teks";

/** No other field is longer, so that what is too long for the API is refused by its field and not as a whole. */
const longestOther = 1_000;
const cut = (values: Draft["values"]): Draft["values"] =>
  Object.fromEntries(
    Object.entries(values).map(([name, text]) => [
      name,
      name in longest ? text : text.slice(0, longestOther),
    ]),
  );

/** Checks steps by the fields of the submission's own schema, and by the directory. */
export function stepChecks(directory: DirectoryStore, now: () => Date): CheckStep {
  const checks: Readonly<Record<string, Endpoint>> = Object.fromEntries(
    Object.entries(reportSteps).flatMap(([name, { part }]) =>
      part ? [[name, checkOf(directory, part, now)]] : [],
    ),
  );
  return async (name, values, visit) => {
    const { fields } = reportSteps[name];
    const check = checks[name];
    if (!check) return;
    const long = fields.flatMap((field) => tooLongField(field, values[field] ?? "") ?? []);
    const shortened = {
      ...cut(values),
      ...Object.fromEntries(long.map(({ path }) => [path, standIn])),
    };
    const report = reportBody(shortened);
    const asked = namesIn(reportSteps[name]);
    const body = Object.fromEntries(Object.entries(report).filter(([field]) => asked.includes(field)));
    try {
      await visit.reply(check, { body });
    } catch (error) {
      if (error instanceof Refusal && error.fields.length > 0) throw inWordsOfForm(error, long, values);
      throw error;
    }
    if (long.length > 0) throw refuseFields(long);
  };
}

/** The step that asks for a field of the report. */
export const stepOfField = (path: string): StepName | undefined =>
  (Object.keys(reportSteps) as StepName[]).find((name) =>
    namesIn(reportSteps[name]).some((part) => path === part || path.startsWith(`${part}.`)),
  );
