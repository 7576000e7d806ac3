/** What the fields of a form are called, by their names. */
export type FieldLabels = ReadonlyMap<string, string>;

const noLabels: FieldLabels = new Map();

/** Markup that is safe to send. Only `html` and `attributes` make it. */
export class Html {
  readonly markup: string;
  /** The fields of forms that stand in it: the label of each, by its name. */
  readonly labels: FieldLabels;
  constructor(markup: string, labels: FieldLabels = noLabels) {
    this.markup = markup;
    this.labels = labels;
  }
  toString(): string {
    return this.markup;
  }
}

/** Attributes that stand in a tag as they are, made by `attributes`. */
class Attributes {
  readonly markup: string;
  constructor(markup: string) {
    this.markup = markup;
  }
}

export type Hole = Html | string | number | false | null | undefined | readonly Hole[];
type TagHole = Attributes | false | null | undefined;

/** Where a hole stands: between tags, in a quoted value, at the start of an address, inside an address, or among attributes. */
type Place = "text" | "value" | "address" | "part-of-address" | "attributes";

const addressNames = new Set(["href", "src", "action", "formaction", "poster", "cite"]);
/** Their content is not markup, and no escaping makes it safe. */
const unsafeElements = new Set(["script", "style", "iframe", "noscript", "template", "xmp", "plaintext"]);
const ourAddress =
  /^(?:\/(?![/\\])|#|\?|https:\/\/|http:\/\/(?:127\.0\.0\.1|localhost)[:/]|mailto:|tel:|sms:|geo:)/;

/** Reads the fixed parts of a template once, and tells where each of its holes stands. Refuses a place that cannot be made safe. */
function placesOf(parts: readonly string[]): Place[] {
  const places: Place[] = [];
  let state: "text" | "tag" | "name" | "equals" | "value" | "comment" = "text";
  let [element, name, value] = ["", "", ""];
  const refuse = (why: string): never => {
    throw new Error(`This template has ${why}: ${parts.join("${…}").slice(0, 120)}`);
  };
  const read = (sign: string, rest: string) => {
    if (state === "comment") {
      if (rest.startsWith("-->")) state = "tag";
    } else if (state === "text") {
      if (rest.startsWith("<!--")) state = "comment";
      else if (sign === "<") {
        element = /^<\/?([a-z][\w-]*|!doctype)/i.exec(rest)?.[1]?.toLowerCase() ?? refuse("a lone <");
        state = "tag";
      }
    } else if (state === "value") {
      if (sign === '"') state = "tag";
      else value += sign;
    } else if (sign === ">") {
      state = "text";
    } else if (state === "equals") {
      if (sign !== '"') refuse("a value without double quotes");
      [state, value] = ["value", ""];
    } else if (sign === "=") {
      state = "equals";
    } else if (/[\s/]/.test(sign)) {
      state = "tag";
    } else {
      name = state === "name" ? name + sign : sign;
      state = "name";
    }
  };
  parts.forEach((part, at) => {
    for (let from = 0; from < part.length; from++) read(part[from] ?? "", part.slice(from, from + 40));
    if (at === parts.length - 1) return;
    if (state === "text" && unsafeElements.has(element)) refuse(`a hole in <${element}>`);
    if (state === "text") places.push("text");
    else if (state === "tag") places.push("attributes");
    else if (state === "value") {
      const isAddress = addressNames.has(name.toLowerCase());
      if (/^on|^style$|^srcdoc$|^srcset$/i.test(name)) refuse(`a hole in ${name}`);
      if (isAddress && value !== "" && !ourAddress.test(value)) refuse("an address that may lead anywhere");
      places.push(!isAddress ? "value" : value === "" ? "address" : "part-of-address");
      value += "/";
    } else refuse("a hole where none can be");
  });
  return places;
}

/** Signs that a page cannot hold, or that a browser would read as another sign. */
const readable = (text: string): string =>
  text
    .toWellFormed()
    .replace(/\r\n?/g, "\n")
    .replace(/[^\P{Cc}\t\n]|\p{Noncharacter_Code_Point}/gu, "\uFFFD");

const escapes: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};
const safe = (text: string): string => readable(text).replace(/[&<>"']/g, (sign) => escapes[sign] ?? "");

function textOf(hole: Hole): string {
  if (hole === false || hole === null || hole === undefined) return "";
  if (hole instanceof Html) return hole.markup;
  if (typeof hole === "string") return safe(hole);
  if (typeof hole === "number") return String(hole);
  return hole.map(textOf).join("");
}

const plain = (hole: unknown): string => {
  if (typeof hole === "string" || typeof hole === "number") return String(hole);
  throw new Error("A quoted value takes text and numbers only.");
};

/** An address that a link or a form may lead to: of ours, or of the web by https. Anything else is a fault of ours. */
function addressOf(hole: unknown): string {
  const address = plain(hole);
  if (!ourAddress.test(address)) throw new Error("A page may not lead to this kind of address.");
  return safe(address);
}

const filled: Record<Place, (hole: unknown) => string> = {
  text: (hole) => textOf(hole as Hole),
  value: (hole) => safe(plain(hole)),
  address: addressOf,
  "part-of-address": (hole) => encodeURIComponent(plain(hole).toWellFormed()).replaceAll("'", "%27"),
  attributes: (hole) => {
    if (hole === false || hole === null || hole === undefined) return "";
    if (hole instanceof Attributes) return hole.markup;
    throw new Error("Between the attributes of a tag only `attributes(…)` may stand.");
  },
};

const known = new WeakMap<TemplateStringsArray, Place[]>();

/**
 * Makes markup. Every hole is escaped by the place where it stands: between tags, in a quoted value, in an address, or as
 * `attributes(…)` inside a tag. It refuses a template with a hole where no escaping helps.
 */
export function html(parts: TemplateStringsArray, ...holes: readonly (Hole | TagHole)[]): Html {
  let places = known.get(parts);
  if (!places) known.set(parts, (places = placesOf(parts)));
  let markup = parts[0] ?? "";
  for (const [at, hole] of holes.entries())
    markup += filled[places[at] ?? "text"](hole) + (parts[at + 1] ?? "");
  return new Html(markup, labelsIn(holes));
}

/** The labels of all fields that stand in some markup. Of two with one name the first one counts, as a link to it does. */
export function labelsIn(hole: unknown): FieldLabels {
  if (hole instanceof Html) return hole.labels;
  if (!Array.isArray(hole)) return noLabels;
  const found = hole.map(labelsIn).filter(({ size }) => size > 0);
  const [first = noLabels, ...others] = found;
  return others.length === 0 ? first : new Map(found.reverse().flatMap((labels) => [...labels]));
}

/** Markup with what its fields are called, as the page names them elsewhere. */
export const withLabels = ({ markup }: Html, labels: FieldLabels): Html => new Html(markup, labels);

/** Attributes of a tag. One that is false or undefined is left out, and one that is true stands alone. */
export function attributes(
  given: Readonly<Record<string, string | number | boolean | undefined>>,
): Attributes {
  const markup = Object.entries(given).flatMap(([name, value]) => {
    if (!/^[a-z][a-z-]*$/.test(name) || /^on|^style$|^src/.test(name) || addressNames.has(name))
      throw new Error(`The attribute ${name} may not be set like this.`);
    if (value === false || value === undefined) return [];
    return value === true ? [` ${name}`] : [` ${name}="${safe(String(value))}"`];
  });
  return new Attributes(markup.join(""));
}

/** Text with its line breaks kept as paragraphs and breaks. */
export const paragraphs = (text: string): Html =>
  new Html(
    readable(text)
      .split(/\n{2,}/)
      .filter((part) => part.trim() !== "")
      .map((part) => `<p>${part.split("\n").map(safe).join("<br>")}</p>`)
      .join(""),
  );
