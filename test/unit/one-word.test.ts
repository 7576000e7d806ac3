import { globSync, readFileSync } from "node:fs";
import ts from "typescript";
import { expect, test } from "vitest";
import type { Language } from "../../shared/language.ts";

/** Words that we do not use, because the glossary has another one for the same thing. */
const otherWords: Record<Language, Record<string, RegExp>> = {
  id: {
    email: /\b(surel|e-mail|pos-el|surat elektronik)|(?<!kop )\bsurat(nya)?\b|\bmenyurati\b/i,
    publik: /(?<!alamat |pekerjaan )\bumum(nya)?\b|\bkhalayak\b/i,
    bantah: /\b(di|me)?(n?y)?sanggah/i,
    "batas waktu": /\btenggat|\bjatuh waktu\b/i,
    "tanda terima": /\bresi\b|\bbukti lapor/i,
    "nomor pelacakan": /\bnomor (tiket|registrasi|aduan)\b/i,
    peramban: /\bbrowser\b/i,
    tautan: /\blink\b/i,
    lampiran: /\battachment\b/i,
    sesudah: /\bsetelah\b/i,
    bila: /\b(jika|apabila)\b/i,
  },
  en: {
    email: /\be-mail|\bmails?\b(?!-)/i,
  },
};

/** Names of laws, sources and agencies, which are called what they are called. */
const quoted = [
  "shared/deadline/policy.ts",
  "shared/directory/suggestion.ts",
  "functions/public/directory/show-agency.ts",
];

/** Each text that somebody may read, where it stands, and in which language. */
function textsIn(file: string): { at: string; language: Language; text: string }[] {
  const source = ts.createSourceFile(file, readFileSync(file, "utf8"), ts.ScriptTarget.Latest, true);
  const found: { at: string; language: Language; text: string }[] = [];
  const read = (node: ts.Node, language: Language): void => {
    if (
      ts.isStringLiteralLike(node) ||
      ts.isTemplateHead(node) ||
      ts.isTemplateMiddle(node) ||
      ts.isTemplateTail(node)
    ) {
      const line = source.getLineAndCharacterOfPosition(node.getStart()).line + 1;
      found.push({ at: `${file}:${line}`, language, text: node.text });
    }
    node.forEachChild((child) => read(child, language));
  };
  const look = (node: ts.Node): void => {
    if (ts.isObjectLiteralExpression(node)) {
      const [id, en] = (["id", "en"] as const).map((language) =>
        node.properties.filter(ts.isPropertyAssignment).find(({ name }) => name.getText() === language),
      );
      if (id && en) {
        read(id.initializer, "id");
        read(en.initializer, "en");
        return;
      }
    }
    node.forEachChild(look);
  };
  look(source);
  return found;
}

const texts = globSync("{functions,shared}/**/*.ts")
  .filter((file) => !quoted.includes(file))
  .flatMap(textsIn);

test("One word for one thing: no text has another word than the glossary's", () => {
  expect(texts.length).toBeGreaterThan(2_000);
  const wrong = texts.flatMap(({ at, language, text }) =>
    Object.entries(otherWords[language])
      .filter(([, other]) => other.test(text))
      .map(([word, other]) => `${at}: "${other.exec(text)?.[0] ?? ""}" is "${word}" here: ${text}`),
  );
  expect(wrong).toEqual([]);
});

test("Three dots stand at the end of a word, without a blank", () => {
  expect(texts.filter(({ text }) => / …$/.test(text)).map(({ at }) => at)).toEqual([]);
});
