import type { Page } from "playwright-core";
import type { Visitor } from "./visitor.ts";

/*
 * What WCAG 2.2 asks for and axe does not see. Each check lists what it objects to. The functions that are given to the page
 * use nothing from outside themselves, because they run there.
 */

declare const document: any;
declare const window: any;
declare const getComputedStyle: (element: unknown) => any;

/** Lists what is wider than the window (1.4.10): at 320 px nobody has to scroll sideways. What scrolls by itself may. */
export const sidewaysScroll = ({ page }: Pick<Visitor, "page">): Promise<string[]> =>
  page.evaluate(() => {
    const width = document.documentElement.clientWidth;
    const scrolls = (element: any): boolean =>
      element !== document.body &&
      element !== document.documentElement &&
      (/auto|scroll|hidden|clip/.test(getComputedStyle(element).overflowX) || scrolls(element.parentElement));
    const found: string[] = [];
    const whole = document.documentElement.scrollWidth;
    if (whole > width) found.push(`the page is ${whole} px wide in a window of ${width} px`);
    for (const element of document.body.querySelectorAll("*")) {
      const { right, left, width: own } = element.getBoundingClientRect();
      if (own > 1 && (right > width + 1 || left < -1) && right > 0 && !scrolls(element.parentElement))
        found.push(`${Math.round(left)} to ${Math.round(right)} px: ${element.outerHTML.slice(0, 120)}`);
    }
    return found.slice(0, 10);
  });

/**
 * Lists what is too small for a thumb. WCAG asks for 24 px (2.5.8). Ours are 44 px high. A link inside a sentence may be as
 * high as its line.
 */
export const smallTargets = ({ page }: Pick<Visitor, "page">): Promise<string[]> =>
  page.evaluate(() => {
    const found: string[] = [];
    const interactive = "a[href], button, input:not([type=hidden]), select, textarea, summary, [role=button]";
    const inSentence = (element: any): boolean => {
      if (element.localName !== "a" || !getComputedStyle(element).display.startsWith("inline")) return false;
      let block = element.parentElement;
      while (getComputedStyle(block).display === "inline") block = block.parentElement;
      return block.innerText.trim().length > element.innerText.trim().length;
    };
    for (const element of document.querySelectorAll(interactive)) {
      if (!element.checkVisibility({ visibilityProperty: true, opacityProperty: false })) continue;
      const boxes = [element, ...(element.labels ?? [])].map((one: any) => one.getBoundingClientRect());
      const own = boxes[0];
      const hidden = own.width <= 1 || own.height <= 1 || own.right <= 0 || own.bottom + window.scrollY <= 0;
      if (hidden && boxes.length === 1) continue;
      // The label of a radio button or a checkbox is part of its target.
      const parts = /^(radio|checkbox|file)$/.test(element.type) ? boxes : [own];
      const width =
        Math.max(...parts.map((box: any) => box.right)) - Math.min(...parts.map((box: any) => box.left));
      const height =
        Math.max(...parts.map((box: any) => box.bottom)) - Math.min(...parts.map((box: any) => box.top));
      const asked = inSentence(element) ? 0 : 44;
      // Layout in fractions of a pixel may leave 43.99.
      if (height + 0.1 < asked || (asked > 0 && width + 0.1 < 24))
        found.push(
          `${Math.round(width)} × ${Math.round(height)} px: ${element.outerHTML.replace(/\s+/g, " ").slice(0, 120)}`,
        );
    }
    return found;
  });

interface Focused {
  /** the same element has the same number */
  at: number;
  /** Tab goes from part to part inside it: a date has day, month, year and a calendar. */
  hasParts: boolean;
  what: string;
  visible: string | undefined;
  isSkipLink: boolean;
}

/** Tells which element has the focus and whether somebody sees it. Returns undefined when the page itself has it. */
const focusedOn = (page: Page): Promise<Focused | undefined> =>
  page.evaluate(() => {
    const element = document.activeElement;
    if (!element || element === document.body || element === document.documentElement) return undefined;
    const all = [...document.querySelectorAll("*")];
    const what = element.outerHTML.replace(/\s+/g, " ").slice(0, 120);
    // A radio button may be drawn by its label.
    const shown = [element, ...(element.labels ?? [])].filter((one: any) => {
      const { width, height } = one.getBoundingClientRect();
      return width > 1 && height > 1;
    });
    const problem = (one: any): string | undefined => {
      const { left, right, top, bottom } = one.getBoundingClientRect();
      const [x0, x1] = [Math.max(left, 0), Math.min(right, window.innerWidth)];
      const [y0, y1] = [Math.max(top, 0), Math.min(bottom, window.innerHeight)];
      if (x1 - x0 < 1 || y1 - y0 < 1) return "it is outside the window";
      const corners = [
        [(x0 + x1) / 2, (y0 + y1) / 2],
        [x0 + 2, y0 + 2],
        [x1 - 2, y0 + 2],
        [x0 + 2, y1 - 2],
        [x1 - 2, y1 - 2],
      ];
      const free = corners.some(([x, y]) => {
        const top = document.elementFromPoint(x, y);
        return top && (one.contains(top) || top.contains(one) || element.contains(top));
      });
      return free ? undefined : "something lies over it";
    };
    const drawn = (one: any) => {
      const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(one);
      return (outlineStyle !== "none" && parseFloat(outlineWidth) > 0) || boxShadow !== "none";
    };
    const problems = shown.map(problem);
    const obscured =
      shown.length === 0
        ? "it is not shown"
        : problems.includes(undefined)
          ? [...shown, element.parentElement, element.nextElementSibling].some((one) => one && drawn(one))
            ? undefined
            : "nothing shows that it has the focus"
          : problems[0];
    const to = element.localName === "a" && /^#.+/.test(element.getAttribute("href") ?? "");
    const isSkipLink = to && document.getElementById(element.getAttribute("href").slice(1)) !== null;
    const hasParts =
      /^(date|time|month|week)/.test(element.type ?? "") || /^(audio|video)$/.test(element.localName);
    return { at: all.indexOf(element), hasParts, what, visible: obscured, isSkipLink };
  });

/** How many stops the keyboard has to make: radio buttons of one name are one. */
const stopsOf = (page: Page): Promise<{ at: number; jumps: boolean; group: string; what: string }[]> =>
  page.evaluate(() => {
    const all = [...document.querySelectorAll("*")];
    return all
      .map((element: any, at: number) => ({ element, at }))
      .filter(
        ({ element }) =>
          element.matches(
            "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex], [role=button], [onclick]",
          ) &&
          !element.disabled &&
          element.getAttribute("tabindex") !== "-1" &&
          element.checkVisibility({ visibilityProperty: true }),
      )
      .map(({ element, at }) => ({
        at,
        jumps: element.tabIndex > 0,
        group: element.type === "radio" ? `${element.form?.id} ${element.name}` : String(at),
        what: element.outerHTML.replace(/\s+/g, " ").slice(0, 120),
      }));
  });

/**
 * Goes through the page with the Tab key. Lists what the keyboard does not reach, what it reaches out of order, and what is
 * not seen while it has the focus (2.1.1, 2.1.2, 2.4.3, 2.4.7, 2.4.11). With `skipLink` the first stop leads to the content.
 */
export async function keyboardProblems(
  { page }: Pick<Visitor, "page">,
  { skipLink = true } = {},
): Promise<string[]> {
  const stops = await stopsOf(page);
  const found: string[] = [];
  // The walk begins where somebody begins who has just opened the page.
  await page.evaluate(() => {
    document.activeElement?.blur();
    document.getSelection()?.removeAllRanges();
    window.scrollTo(0, 0);
    const start = document.body;
    start.setAttribute("tabindex", "-1");
    start.focus();
    start.removeAttribute("tabindex");
  });
  const reached: Focused[] = [];
  for (let presses = 0, partsInARow = 0; presses < 10 * stops.length + 10; presses++) {
    await page.keyboard.press("Tab");
    const focused = await focusedOn(page);
    const isFirst = focused?.at === reached[0]?.at;
    if (!focused || (isFirst && !(reached.length === 1 && focused.hasParts))) break;
    if (focused.at === reached.at(-1)?.at) {
      if (focused.hasParts && partsInARow++ < 8) continue;
      found.push(`the focus does not leave ${focused.what}`);
      break;
    }
    if (focused.visible) found.push(`${focused.visible}: ${focused.what}`);
    reached.push(focused);
    partsInARow = 0;
  }
  if (skipLink && stops.length > 0 && !reached[0]?.isSkipLink)
    found.push(`the first stop leads nowhere in the page: ${reached[0]?.what ?? "there is none"}`);
  const numbers = new Set(reached.map(({ at }) => at));
  const groups = new Set(stops.filter(({ at }) => numbers.has(at)).map(({ group }) => group));
  for (const { group, what } of stops)
    if (!groups.has(group)) found.push(`the keyboard does not reach ${what}`);
  for (const { jumps, what } of stops) if (jumps) found.push(`the order of the focus jumps to ${what}`);
  for (const [before, { at, what }] of reached.slice(1).entries())
    if (at < (reached[before]?.at ?? 0)) found.push(`the focus goes back to ${what}`);
  return found;
}

/** Lists what a page of 1280 × 1024 px does badly at 400 %: sideways scroll, or focus behind a bar that stays. */
export async function zoomProblems(visitor: Pick<Visitor, "page">): Promise<string[]> {
  const { page } = visitor;
  const size = page.viewportSize();
  await page.setViewportSize({ width: 320, height: 256 });
  try {
    return [
      ...(await sidewaysScroll(visitor)),
      ...(await keyboardProblems(visitor, { skipLink: false })),
    ].map((each) => `at 400 %: ${each}`);
  } finally {
    if (size) await page.setViewportSize(size);
  }
}

/** Lists what has to be dragged (2.5.7), by attribute or by a script that listens for it. */
export async function draggingNeeded({
  context,
  page,
}: Pick<Visitor, "context" | "page">): Promise<string[]> {
  const found: string[] = await page.evaluate(() =>
    [...document.querySelectorAll('[draggable="true"], input[type=range], [ondragstart]')].map(
      (element: any) => element.outerHTML.slice(0, 120),
    ),
  );
  const session = await context.newCDPSession(page);
  for (const expression of ["window", "document"]) {
    const { result } = await session.send("Runtime.evaluate", { expression });
    const { listeners } = await session.send("DOMDebugger.getEventListeners", {
      objectId: result.objectId ?? "",
      depth: -1,
    });
    for (const { type } of listeners)
      if (/^(drag|touchmove|pointermove|mousemove)/.test(type)) found.push(`a script listens for ${type}`);
  }
  await session.detach();
  return [...new Set(found)];
}

/** An input of a step as it stood there when the step was opened. */
export interface Entry {
  name: string;
  autocomplete: string;
  value: string;
}

/** Lists the inputs of the page with what is in them. */
export const entriesOf = ({ page }: Pick<Visitor, "page">): Promise<Entry[]> =>
  page.evaluate(() =>
    [
      ...document.querySelectorAll(
        "input:not([type=hidden], [type=radio], [type=checkbox], [type=file], [type=search]), textarea, select",
      ),
    ].map((element: any) => ({
      name: element.name,
      autocomplete: element.getAttribute("autocomplete") ?? "",
      value: element.value,
    })),
  );

/**
 * Lists what somebody is asked for a second time in one process (3.3.7). `steps` are the inputs of each step: as the step was
 * opened, and as it was left.
 */
export function askedAgain(steps: readonly { opened: Entry[]; left: Entry[] }[]): string[] {
  const given = new Map<string, string>();
  const found: string[] = [];
  const names = ({ name, autocomplete }: Entry) => [
    `name ${name}`,
    ...(/^(on|off)?$/.test(autocomplete) ? [] : [`autocomplete ${autocomplete}`]),
  ];
  for (const [index, { opened, left }] of steps.entries()) {
    for (const entry of opened)
      for (const name of names(entry))
        if (given.has(name) && entry.value === "")
          found.push(`step ${index + 1} asks again for ${name}, which was given as "${given.get(name)}"`);
    for (const entry of left) if (entry.value) for (const name of names(entry)) given.set(name, entry.value);
  }
  return [...new Set(found)];
}

/** Every check of this file that needs one page alone. */
export async function reachProblems(
  visitor: Visitor,
  { skipLink = true }: { skipLink?: boolean } = {},
): Promise<string[]> {
  return [
    ...(await sidewaysScroll(visitor)),
    ...(await smallTargets(visitor)),
    ...(await keyboardProblems(visitor, { skipLink })),
    ...(await zoomProblems(visitor)),
    ...(await draggingNeeded(visitor)),
  ];
}
