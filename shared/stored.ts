import * as z from "zod";
import type { Text } from "./language.ts";
import { Refusal } from "./refusal.ts";

/** The format of the items that this code writes. An item that names none has this one. */
const itemFormat = 1;

/** An item of a table, with its format. One that newer code wrote keeps the format that it came with. */
export const asItem = <T extends object>(fields: T): T & { itemFormat: number } => ({
  itemFormat,
  ...fields,
});

const ofNewerVersion: Text = {
  id: "Data ini ditulis oleh versi sistem yang lebih baru dan untuk sementara tidak dapat dibaca. Tidak ada yang hilang. Coba lagi nanti.",
  en: "A newer version of the system wrote these data, and they cannot be read for the time being. Nothing is lost. Try again later.",
};

/** An item that this code cannot read: newer code wrote what it does not know. Nothing is lost, and newer code reads it. */
export class UnreadableItem extends Refusal {
  /** Where in the item it is. Places hold names of fields and no values. */
  readonly places: readonly string[];

  constructor(places: readonly string[], text: Text = ofNewerVersion) {
    super("unavailable", text, { headers: { "retry-after": "600" } });
    this.name = "UnreadableItem";
    this.places = places;
  }
}

type Schema = z.core.$ZodType;
type Fields = Record<string, unknown>;

const isObject = (value: unknown): value is Fields =>
  typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype;

/** What a schema is made of, as far as it is walked through here. */
interface Parts {
  type: string;
  shape?: Record<string, Schema>;
  catchall?: Schema;
  element?: Schema;
  innerType?: Schema;
  valueType?: Schema;
  options?: readonly Schema[];
  in?: Schema;
  out?: Schema;
}
const partsOf = (schema: Schema): Parts => schema._zod.def;

/** The values that stand for one that this code does not know, by their schemas. */
const substitutes = new WeakMap<Schema, unknown>();

/** The name of a field in which an object keeps the values that others stand for. It is never stored. */
const kept = "valuesAsStored";

/** A list of values, with the one that stands for a value that newer code added. That one may grant nothing. */
export function orElse<E extends z.ZodEnum>(list: E, substitute: z.output<E>): E {
  const copy = list.clone();
  substitutes.set(copy, substitute);
  return copy;
}

const unwrapped = (schema: Schema): Schema => {
  const { innerType } = partsOf(schema);
  return innerType === undefined ? schema : unwrapped(innerType);
};

/** A value in which known values stand for unknown ones. Beside each it keeps what is stored. */
function substituted(schema: Schema, value: unknown): unknown {
  const { type, shape = {}, element, innerType, in: from } = partsOf(schema);
  if (type === "object" && isObject(value)) {
    const stored: Fields = {};
    const read = Object.entries(value).map(([field, one]) => {
      const of = shape[field];
      if (of === undefined) return [field, one];
      const list = unwrapped(of);
      if (!substitutes.has(list) || z.safeParse(list, one).success) return [field, substituted(of, one)];
      stored[field] = one;
      return [field, substitutes.get(list)];
    });
    return {
      ...(Object.fromEntries(read) as Fields),
      ...(Object.keys(stored).length > 0 && { [kept]: stored }),
    };
  }
  if (element && Array.isArray(value)) return value.map((one) => substituted(element, one));
  const inner = innerType ?? from;
  return inner ? substituted(inner, value) : value;
}

/** A value as it was stored, wherever a known value still stands for an unknown one. `schema` is that of the value. */
export function withValuesAsStored<T>(schema: z.ZodType<T>, value: T): T {
  const back = (of: Schema, one: unknown): unknown => {
    const { type, shape = {}, element, innerType } = partsOf(of);
    if (innerType) return back(innerType, one);
    if (element && Array.isArray(one)) return one.map((each) => back(element, each));
    if (type !== "object" || !isObject(one)) return one;
    const { [kept]: stored, ...fields } = one;
    return Object.fromEntries(
      Object.entries(fields).map(([field, each]) => {
        const known = shape[field];
        if (known === undefined) return [field, each];
        const wasUnknown = isObject(stored) && field in stored;
        return wasUnknown && each === substitutes.get(unwrapped(known))
          ? [field, stored[field]]
          : [field, back(known, each)];
      }),
    );
  };
  return back(schema, value) as T;
}

const tolerantOnes = new WeakMap<Schema, Schema>();

/** The same schema, which lets through and keeps the fields that it does not know, at any depth. */
export function tolerant<S extends Schema>(schema: S): S {
  const known = tolerantOnes.get(schema);
  if (known) return known as S;
  const parts = partsOf(schema);
  const change: Partial<Parts> =
    parts.type === "object"
      ? {
          shape: Object.fromEntries(
            Object.entries(parts.shape ?? {}).map(([field, of]) => [field, tolerant(of)]),
          ),
          catchall: z.unknown(),
        }
      : Object.fromEntries(
          (["element", "innerType", "valueType", "in", "out"] as const).flatMap((part) => {
            const of = parts[part];
            return of === undefined ? [] : [[part, tolerant(of)]];
          }),
        );
  if (parts.options) change.options = parts.options.map((one) => tolerant(one));
  const made =
    Object.keys(change).length === 0
      ? schema
      : (z.clone(schema as unknown as z.ZodType, { ...parts, ...change } as never) as unknown as S);
  tolerantOnes.set(schema, made);
  return made;
}

/**
 * What was stored, as far as this code knows it. Fields that it does not know stay on the value, so that whoever writes it back keeps
 * them.
 */
export function tryStored<S extends z.ZodType>(
  schema: S,
  stored: unknown,
): { value: z.output<S> } | { unreadable: UnreadableItem } {
  const { itemFormat: format, ...fields } = isObject(stored) ? stored : {};
  const value = isObject(stored)
    ? { ...fields, ...(Number(format) > itemFormat && { itemFormat: format }) }
    : stored;
  const reading = tolerant(schema);
  const first = reading.safeParse(value);
  if (first.success) return { value: first.data };
  const second = reading.safeParse(substituted(schema, value));
  if (second.success) return { value: second.data };
  return { unreadable: new UnreadableItem(second.error.issues.map(({ path }) => path.join("."))) };
}

/** The fields of a value that this code does not know, and the values that known ones stand for. */
export function unknownFieldsOf(schema: z.ZodObject, value: object | undefined): Fields {
  return Object.fromEntries(Object.entries(value ?? {}).filter(([field]) => !(field in schema.shape)));
}

/** A value with the fields alone that its schema names, at any depth. Nothing that newer code stored gets out by it. */
export function onlyKnown(schema: Schema, value: unknown): unknown {
  const { type, shape = {}, catchall, element, innerType, valueType, options, in: from } = partsOf(schema);
  if (value === null || typeof value !== "object") return value;
  const inner = innerType ?? from;
  if (inner) return onlyKnown(inner, value);
  if (options) {
    const fitting = options.find((one) => z.safeParse(tolerant(one), value).success);
    return fitting === undefined ? value : onlyKnown(fitting, value);
  }
  if (Array.isArray(value)) return element ? value.map((one) => onlyKnown(element, one)) : value;
  if (valueType)
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, onlyKnown(valueType, one)]));
  if (type !== "object") return value;
  const isOpen = catchall !== undefined && partsOf(catchall).type !== "never";
  return Object.fromEntries(
    Object.entries(value).flatMap(([field, one]) => {
      const of = shape[field];
      return of === undefined ? (isOpen ? [[field, one as unknown]] : []) : [[field, onlyKnown(of, one)]];
    }),
  );
}
