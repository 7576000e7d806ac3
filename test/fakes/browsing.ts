import { type DefaultTreeAdapterMap, parse } from "parse5";
import { type Answer, call, type Handler } from "./gateway.ts";

type Node = DefaultTreeAdapterMap["node"];
type Element = DefaultTreeAdapterMap["element"];

const isElement = (node: Node): node is Element => "tagName" in node;
const childrenOf = (node: Node): Node[] =>
  "content" in node ? [node.content] : "childNodes" in node ? node.childNodes : [];

/** Every element below a node, in order. */
const elementsIn = (node: Node): Element[] =>
  childrenOf(node).flatMap((child) => [...(isElement(child) ? [child] : []), ...elementsIn(child)]);

export const attributeOf = (element: Element, name: string): string | undefined =>
  element.attrs.find((one) => one.name === name)?.value;

/** What people read in an element. */
const textIn = (node: Node): string =>
  "value" in node && !isElement(node) ? String(node.value) : childrenOf(node).map(textIn).join("");

/** What the field with an id is called: by its label, or by what its choices answer. */
function calledIn(elements: readonly Element[], id: string): string | undefined {
  const label = elements.find((one) => one.tagName === "label" && attributeOf(one, "for") === id);
  const choices = elements.findLast(
    (one) =>
      attributeOf(one, "class") === "field wrong" &&
      [one, ...elementsIn(one)].some((inner) => attributeOf(inner, "id") === id),
  );
  const legend =
    choices && elementsIn(choices).find(({ tagName }) => tagName === "legend" || tagName === "b");
  const named = label ?? legend;
  return named && textIn(named).replace(/ \((?:boleh kosong|optional)\)$/, "");
}

/** What an error summary says. Each line that leads to a field has to name it, for whoever reads the summary alone. */
function problemsIn(elements: readonly Element[]): [string, string][] {
  const summary = elements.find((element) => attributeOf(element, "id") === "masalah");
  const links = summary ? elementsIn(summary).filter(({ tagName }) => tagName === "a") : [];
  return links.map((link) => {
    const [to, text] = [attributeOf(link, "href") ?? "", textIn(link)];
    const called = calledIn(elements, to.slice(1));
    const says = (one: string) =>
      one
        .toLowerCase()
        .replace(/\P{L}+/gu, " ")
        .trim();
    if (called === undefined || !says(text).includes(says(called)))
      throw new Error(`A line of the summary does not name its field "${called}": ${text}`);
    return [to, text];
  });
}

/** The page that an answer is. Fails where its markup has an error. */
export function pageIn({ body }: Answer) {
  const errors: string[] = [];
  const document = parse(String(body), { onParseError: ({ code }) => errors.push(code) });
  if (errors.length > 0) throw new Error(`The markup is wrong: ${errors.join()}`);
  const elements = elementsIn(document);
  const all = (tag: string) => elements.filter(({ tagName }) => tagName === tag);
  const named = (name: string) => elements.filter((element) => attributeOf(element, "name") === name);
  return {
    elements,
    all,
    named,
    text: textIn(document).replace(/\s+/g, " "),
    title: all("title").map(textIn).join(),
    h1: all("h1").map(textIn).join(),
    /** What the error summary says, each with the id that it leads to. */
    problems: problemsIn(elements),
    /** What a field holds as it is shown. */
    value(name: string): string {
      const [first, ...more] = named(name);
      if (!first) throw new Error(`There is no field ${name}`);
      if (first.tagName === "textarea") return textIn(first);
      if (first.tagName === "select") {
        const options = elementsIn(first).filter(({ tagName }) => tagName === "option");
        const chosen = options.find((one) => attributeOf(one, "selected") !== undefined) ?? options[0];
        return (chosen && attributeOf(chosen, "value")) ?? "";
      }
      if (/radio|checkbox/.test(attributeOf(first, "type") ?? "")) {
        const ticked = [first, ...more].find((one) => attributeOf(one, "checked") !== undefined);
        return (ticked && attributeOf(ticked, "value")) ?? "";
      }
      return attributeOf(first, "value") ?? "";
    },
  };
}

/** A browser without scripts: it keeps cookies and follows no redirect by itself. `jar` may be shared by two tabs. */
export function aBrowser(handler: Handler, jar = new Map<string, string>()) {
  const ask = async (method: string, address: string, more: Parameters<typeof call>[3] = {}) => {
    const url = new URL(address, "https://lapor.example");
    const answer = await call(handler, method, url.pathname, {
      cookies: [...jar].map(([name, value]) => `${name}=${value}`),
      ...(url.search && { query: Object.fromEntries(url.searchParams) }),
      ...more,
    });
    for (const cookie of answer.cookies ?? []) {
      const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
      if (/Max-Age=0/.test(cookie)) jar.delete(name);
      else jar.set(name, value);
    }
    return answer;
  };
  return {
    jar,
    get: (address: string) => ask("GET", address),
    /** Sends a form as a page of ours does. */
    send: (address: string, fields: Record<string, string> = {}, headers: Record<string, string> = {}) =>
      ask("POST", address, {
        body: new URLSearchParams(fields).toString(),
        headers: {
          "content-type": "application/x-www-form-urlencoded",
          "sec-fetch-site": "same-origin",
          ...headers,
        },
      }),
  };
}
