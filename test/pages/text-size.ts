import type { Visitor } from "./visitor.ts";
import { sidewaysScroll } from "./wcag.ts";

declare const document: any;
declare const getComputedStyle: (element: unknown) => any;
declare const CSSStyleSheet: any;
declare const NodeFilter: any;

/** What people change who read badly. A sheet that a script makes is not stopped by the page's policy. */
const changes = {
  "with text of 200 %": "html { font-size: 200% !important }",
  "with text that is set wide":
    "* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important } p { margin-block-end: 2em !important }",
};

/** Lists texts that are cut, that stick out of their box, or that lie over each other. */
const lostText = ({ page }: Pick<Visitor, "page">): Promise<string[]> =>
  page.evaluate(() => {
    const found: string[] = [];
    const seen: { box: any; text: string }[] = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const node = walker.currentNode;
      const text = node.data.trim();
      const parent = node.parentElement;
      if (!text || parent.closest("svg, script, style, template, option, textarea, .skip")) continue;
      if (!parent.checkVisibility({ visibilityProperty: true, opacityProperty: true })) continue;
      const range = document.createRange();
      range.selectNodeContents(node);
      const boxes = [...range.getClientRects()].filter((box) => box.width > 0);
      if (boxes.length === 0) continue;
      const what = `"${text.slice(0, 60)}" in ${parent.outerHTML.replace(/\s+/g, " ").slice(0, 100)}`;
      const left = Math.min(...boxes.map((box) => box.left));
      const right = Math.max(...boxes.map((box) => box.right));
      const top = Math.min(...boxes.map((box) => box.top));
      const bottom = Math.max(...boxes.map((box) => box.bottom));
      let block = parent;
      while (/^(inline|contents)$/.test(getComputedStyle(block).display)) block = block.parentElement;
      let hiddenOnPurpose = false;
      let cut = false;
      for (let one = block; one && one !== document.body; one = one.parentElement) {
        const { overflowX, overflowY } = getComputedStyle(one);
        const box = one.getBoundingClientRect();
        // Words for screen readers alone lie in a box of one pixel.
        if (box.width <= 2 || box.height <= 2) hiddenOnPurpose = true;
        if (/auto|scroll/.test(overflowX + overflowY)) break;
        if (/hidden|clip/.test(overflowX) && (left < box.left - 2 || right > box.right + 2)) cut = true;
        if (/hidden|clip/.test(overflowY) && (top < box.top - 4 || bottom > box.bottom + 4)) cut = true;
      }
      if (hiddenOnPurpose) continue;
      const own = block.getBoundingClientRect();
      // A line may be lower than its letters are high.
      const higher = 0.35 * boxes[0]!.height;
      if (cut) found.push(`cut: ${what}`);
      else if (
        right > own.right + 2 ||
        left < own.left - 2 ||
        bottom > own.bottom + higher ||
        top < own.top - higher
      )
        found.push(`outside its box: ${what}`);
      for (const box of boxes) seen.push({ box, text: what });
    }
    seen.sort((a, b) => a.box.top - b.box.top);
    for (const [at, one] of seen.entries())
      for (let next = at + 1; next < seen.length; next++) {
        const other = seen[next]!;
        if (other.box.top >= one.box.bottom) break;
        const wide = Math.min(one.box.right, other.box.right) - Math.max(one.box.left, other.box.left);
        const high = Math.min(one.box.bottom, other.box.bottom) - other.box.top;
        if (wide > 3 && high > 0.5 * Math.min(one.box.height, other.box.height))
          found.push(`over each other: ${one.text} and ${other.text}`);
      }
    return [...new Set(found)].slice(0, 10);
  });

/** Lists what is lost where somebody makes the text twice as large (1.4.4) or sets it wide (1.4.12). */
export async function textProblems(visitor: Visitor): Promise<string[]> {
  const { page } = visitor;
  const found: string[] = [];
  for (const [name, css] of Object.entries(changes)) {
    await page.evaluate((rules) => {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(rules);
      document.adoptedStyleSheets = [sheet];
    }, css);
    const here = [...(await sidewaysScroll(visitor)), ...(await lostText(visitor))];
    found.push(...here.map((each) => `${name}: ${each}`));
  }
  await page.evaluate(() => {
    document.adoptedStyleSheets = [];
  });
  return found;
}
