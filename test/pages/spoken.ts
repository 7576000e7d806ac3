import type { Visitor } from "./visitor.ts";

declare const document: any;
declare const getComputedStyle: (element: unknown) => any;

/*
 * What somebody hears who uses a screen reader, and what somebody sees who has chosen their own colours: kinds of faults that
 * axe does not look for. Each check lists what it objects to. The functions run in the page.
 */

/** Lists what is heard badly: headings out of order, hints that lead nowhere, names that tell too little, errors that come late. */
export const spokenProblems = ({ page }: Pick<Visitor, "page">): Promise<string[]> =>
  page.evaluate(() => {
    const found: string[] = [];
    const all = (selector: string): any[] => [...document.querySelectorAll(selector)];
    const text = (element: any): string => (element.textContent ?? "").replace(/\s+/g, " ").trim();
    const isShown = (element: any): boolean => element.checkVisibility({ visibilityProperty: true });

    const headings = all("main :is(h1, h2, h3, h4)").filter(isShown);
    if (headings.filter(({ localName }) => localName === "h1").length !== 1)
      found.push("the page has not one heading of its own");
    let level = 1;
    for (const heading of headings) {
      const own = Number(heading.localName.slice(1));
      if (own > level + 1)
        found.push(`a heading of level ${own} follows one of level ${level}: ${text(heading)}`);
      level = own;
    }

    for (const element of all("[aria-describedby], [aria-labelledby], [aria-controls]"))
      for (const name of ["aria-describedby", "aria-labelledby", "aria-controls"])
        for (const id of (element.getAttribute(name) ?? "").split(" ").filter(Boolean))
          if (!document.getElementById(id)) found.push(`${name} leads to "${id}", which is not there`);

    for (const summary of all(".summary")) {
      if (!/^(Kesalahan|Error): /.test(document.title))
        found.push(`the title does not begin with the error: ${document.title}`);
      for (const link of summary.querySelectorAll("a[href^='#']"))
        if (
          !document.getElementById(link.hash.slice(1))?.matches("input, select, textarea, button, [tabindex]")
        )
          found.push(`an error leads to no field: ${text(link)}`);
    }
    for (const field of all("[aria-invalid=true]"))
      if (!field.getAttribute("aria-describedby"))
        found.push(`a wrong field does not say why: ${field.name}`);

    // One name leads to one place, unless what stands around tells them apart.
    const around = (link: any): string => text(link.closest("li, tr, dd, section, p") ?? link);
    const links = all("a[href]").filter(isShown);
    for (const link of links) {
      if (text(link).length < 2 && !link.getAttribute("aria-label") && !link.querySelector("img[alt]"))
        found.push(`a link has no name: ${link.outerHTML.slice(0, 120)}`);
      const other = links.find(
        (one) => one.href !== link.href && text(one) === text(link) && around(one) === around(link),
      );
      if (other && !link.closest(".card"))
        found.push(`"${text(link)}" leads to ${link.pathname} and to ${other.pathname}`);
    }
    return [...new Set(found)];
  });

/** Lists the buttons and days that cannot be told from text where somebody has chosen their own colours. */
export async function forcedColourProblems({ page }: Pick<Visitor, "page">): Promise<string[]> {
  await page.emulateMedia({ forcedColors: "active" });
  const found: string[] = await page.evaluate(() =>
    [...document.querySelectorAll(".button, .days li, .chip")]
      .filter((element: any) => element.checkVisibility({ visibilityProperty: true }))
      .filter((element: any) => {
        const { borderTopWidth, outlineStyle } = getComputedStyle(element);
        return parseFloat(borderTopWidth) === 0 && outlineStyle === "none" && !element.matches(".between");
      })
      .map((element: any) => `it has no border in forced colours: ${element.outerHTML.slice(0, 120)}`),
  );
  await page.emulateMedia({ forcedColors: "none" });
  return found;
}
