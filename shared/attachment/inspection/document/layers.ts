import type { PDFDict } from "@cantoo/pdf-lib";
import { PDFArray, type PDFContext, PDFName, type PDFObject } from "@cantoo/pdf-lib";
import { dictOf, nameIn, resolved } from "./reader.ts";

/** Layers of a document (optional content). The copy has none: it holds what is shown when the document is opened. */
export interface Layers {
  /** Whether something that belongs to this layer, or to these layers, is hidden. */
  hide: (membership: PDFObject | undefined) => boolean;
}

const deepest = 20;
/** Steps of all questions about layers of one document. */
const stepsAtMost = 1_000_000;

const entry = (dict: PDFDict | undefined, key: string) =>
  dict && resolved(dict.get(PDFName.of(key)), dict.context);
const dictIn = (dict: PDFDict | undefined, key: string) => dictOf(entry(dict, key));
function listIn(dict: PDFDict | undefined, key: string): PDFDict[] {
  const value = entry(dict, key);
  const list = value instanceof PDFArray ? value.asArray() : [value];
  return list.flatMap((each) => (dict && dictOf(resolved(each, dict.context))) ?? []);
}

/** Finds the layers of a document that are off when it is opened on a screen. */
export function layersOf(context: PDFContext): Layers {
  const properties = dictIn(dictOf(resolved(context.trailerInfo.Root, context)), "OCProperties");
  const setting = dictIn(properties, "D");
  const off = new Set<PDFDict>();
  if (nameIn(setting, "BaseState") === "OFF") for (const layer of listIn(properties, "OCGs")) off.add(layer);
  for (const layer of listIn(setting, "ON")) off.delete(layer);
  for (const layer of listIn(setting, "OFF")) off.add(layer);
  for (const use of listIn(setting, "AS")) {
    if (nameIn(use, "Event") !== "View") continue;
    for (const layer of listIn(use, "OCGs")) {
      const state = nameIn(dictIn(dictIn(layer, "Usage"), "View"), "ViewState");
      if (state === "OFF") off.add(layer);
      if (state === "ON") off.delete(layer);
    }
  }

  let steps = 0;
  const shows = (value: PDFObject | undefined, depth: number): boolean => {
    if (++steps > stepsAtMost) throw new Error("Layers without an end");
    if (value instanceof PDFArray) return expressed(value, depth);
    const layer = dictOf(value);
    if (!layer || depth > deepest) return true;
    if (nameIn(layer, "Type") !== "OCMD") return !off.has(layer);
    const expression = entry(layer, "VE");
    if (expression instanceof PDFArray) return expressed(expression, depth);
    const states = listIn(layer, "OCGs").map((each) => !off.has(each));
    if (states.length === 0) return true;
    switch (nameIn(layer, "P")) {
      case "AllOn":
        return states.every(Boolean);
      case "AnyOff":
        return states.some((on) => !on);
      case "AllOff":
        return states.every((on) => !on);
      default:
        return states.some(Boolean);
    }
  };
  const expressed = (list: PDFArray, depth: number): boolean => {
    const [operator, ...of] = list.asArray().map((each) => resolved(each, context));
    if (depth > deepest || !(operator instanceof PDFName)) return true;
    const states = of.slice(0, 100).map((each) => shows(each, depth + 1));
    if (operator === PDFName.of("Not")) return states[0] === false;
    return operator === PDFName.of("And") ? states.every(Boolean) : states.some(Boolean);
  };
  return { hide: (membership) => membership !== undefined && !shows(resolved(membership, context), 0) };
}
