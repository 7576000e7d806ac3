import * as fc from "fast-check";
import { parseFragment } from "parse5";
import { describe, expect, test } from "vitest";
import { attributes, html, paragraphs } from "../../shared/page/html.ts";

/** The tree of some markup, without where it stands, and with every text replaced by a mark. */
const shapeOf = (markup: string) =>
  JSON.stringify(parseFragment(markup), (name, value) =>
    ["parentNode", "sourceCodeLocation"].includes(name)
      ? undefined
      : name === "value" && typeof value === "string"
        ? "…"
        : value,
  );
const anyText = fc.oneof(
  fc.string({ unit: "binary", minLength: 1 }),
  fc.constantFrom(
    "<script>alert(1)</script>",
    '" onmouseover="x',
    "javascript:alert(1)",
    "</textarea><img src=x>",
    "--><b>",
    "&lt;&#0;&amp",
    "'`=<>\0\r\n",
    "]]>",
  ),
);
const build = (text: string) =>
  html`<p ${attributes({ title: text, hidden: true, id: false })} class="${text}">a${text}b</p>
    <a href="/laporan/${text}?q=${text}">x</a><textarea name="t">
a${text}</textarea
    >${[text, html`<i>${text}</i>`, false, null, undefined, 3]}`.markup;

describe("a template", () => {
  test("No text changes the tree of a page, wherever it stands", () => {
    const expected = shapeOf(build("x"));
    fc.assert(
      fc.property(anyText, (text) => shapeOf(build(text)) === expected),
      { numRuns: 2_000 },
    );
  });

  test("A text is read as it was typed, apart from signs that no page can hold", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (text) => {
        const [node] = parseFragment(html`<p>${text}</p>`.markup).childNodes as any[];
        return (node.childNodes[0]?.value ?? "") === text.replace(/\r\n?/g, "\n");
      }),
    );
  });

  test("A link leads to our own pages, by https or to a telephone, and nowhere else", () => {
    const link = (to: string) => html`<a href="${to}">x</a>`.markup;
    for (const to of ["/laporan", "#isi", "?kursor=a", "https://lapor.go.id", "tel:112", "sms:1708"])
      expect(link(to)).toBe(`<a href="${to}">x</a>`);
    for (const to of [
      "javascript:alert(1)",
      " javascript:x",
      "data:text/html,x",
      "//jahat.example",
      "/\\jahat",
      "",
      "x",
    ])
      expect(() => link(to), to).toThrow();
  });

  test("A hole where no escaping helps is refused before anything is sent", () => {
    const bad = [
      () => html`<script>${"x"}</script>`,
      () => html`<style>${"x"}</style>`,
      () => html`<p onclick="${"x"}"></p>`,
      () => html`<p style="${"x"}"></p>`,
      () => html`<p class=${"x"}></p>`,
      () => html`<${"p"}>`,
      () => html`<!-- ${"x"} -->`,
      () => html`<a href="javascript:${"x"}"></a>`,
      () => html`<p ${"hidden"}></p>` as unknown,
      () => html`<p class="${html`<b></b>`}"></p>`,
      () => attributes({ onclick: "x" }),
      () => attributes({ href: "x" }),
    ];
    for (const each of bad) expect(each, String(each)).toThrow();
  });

  test("Paragraphs of a report stay paragraphs", () => {
    expect(paragraphs("a\r\nb\n\n\n<c>").markup).toBe("<p>a<br>b</p><p>&lt;c&gt;</p>");
  });
});
