import { PDFArray, type PDFDict, PDFName, type PDFObject } from "@cantoo/pdf-lib";
import { dictOf, nameIn, resolved } from "./reader.ts";

/** Keys, actions and subtypes of parts that do something when a document is opened, or that carry other files. */
const activeKeys = [
  "JS",
  "JavaScript",
  "EmbeddedFiles",
  "EF",
  "XFA",
  "RichMediaContent",
  "RichMediaSettings",
];
const activeActions = [
  "JavaScript",
  "Launch",
  "SubmitForm",
  "ImportData",
  "GoToE",
  "Rendition",
  "Movie",
  "Sound",
  "RichMediaExecute",
  "GoTo3DView",
];
const activeSubtypes = ["RichMedia", "FileAttachment", "Movie", "Sound", "Screen", "3D"];
/** An action under these keys starts by itself. It may go to a page and do nothing else. */
const startingKeys = ["OpenAction", "AA"];

/** Every value in an object, the object itself first. References are not followed: they lead to objects of their own. */
export function* valuesIn(object: PDFObject): Generator<PDFObject> {
  const waiting = [object];
  for (let each = waiting.pop(); each; each = waiting.pop()) {
    yield each;
    const inside = each instanceof PDFArray ? each.asArray() : (dictOf(each)?.values() ?? []);
    for (const value of inside) waiting.push(value);
  }
}

function* dictionariesIn(object: PDFObject): Generator<PDFDict> {
  for (const value of valuesIn(object)) {
    const dict = dictOf(value);
    if (dict) yield dict;
  }
}

export const isActive = (object: PDFObject): boolean => {
  for (const dict of dictionariesIn(object)) {
    const keys = dict.keys().map((key) => key.decodeText());
    if (keys.some((key) => activeKeys.includes(key))) return true;
    if (activeActions.includes(nameIn(dict, "S") ?? "")) return true;
    if (activeSubtypes.includes(nameIn(dict, "Subtype") ?? "")) return true;
    for (const key of startingKeys) {
      const starts = dictOf(resolved(dict.get(PDFName.of(key)), dict.context));
      if (starts && nameIn(starts, "S") !== "GoTo") return true;
    }
  }
  return false;
};
