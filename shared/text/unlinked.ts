/** Whatever a mail program may read as a dot: IDNA takes these for the dot of a domain name. */
const dots = "[.\\uFF0E\\u3002\\uFF61\\u2024]";
/** What cannot be seen. Some programs leave it out before they look for links. */
const unseen = "[\\p{Default_Ignorable_Code_Point}\\p{M}]*";

/** Signs in a row, whatever stands between them that cannot be seen. */
const inRow = (...signs: string[]): string => signs.join(unseen);
const slash = "[/\\\\\\uFF0F\\uFF3C]";
const colon = "[:\\uFF1A]";
const number = `\\d(?:${unseen}\\d)*`;

/** Each place of a text from which a mail program may make a link, and what is written there instead. */
const breaks: readonly (readonly [RegExp, string])[] = [
  // scheme://, //host, \\server
  [new RegExp(`(?:${colon}${unseen})?${slash}(?:${unseen}${slash})+`, "gu"), "[$&]"],
  // mailto:, tel:, and any other scheme. A time (09:30) begins with a digit and stays.
  [new RegExp(`(?<=[A-Za-z][A-Za-z0-9+.-]*${unseen})${colon}(?=${unseen}\\S)`, "gu"), "[$&]"],
  [/[@\uFF20\uFE6B]/g, "[at]"],
  // A domain name ends in letters or marks, so a dot before a digit (RT.03, 09.30) begins none ...
  [new RegExp(`(?<=\\S${unseen})${dots}(?=\\p{Default_Ignorable_Code_Point}*[\\p{L}\\p{M}])`, "gu"), "[.]"],
  // ... except in an address of four numbers, and after what says by itself that a host follows.
  [new RegExp(`(?<=\\d${unseen})${dots}(?=${inRow("", number, dots, number, dots, "\\d")})`, "gu"), "[.]"],
  [
    new RegExp(
      `(?<=(?:${inRow("w", "w", "w")}|${inRow("f", "t", "p")})${unseen})${dots}(?=${unseen}\\S)`,
      "giu",
    ),
    "[.]",
  ],
];

/**
 * A text from which no mail program makes a link: "x.co.id" is written "x[.]co[.]id", and "a@x.id" is written "a[at]x[.]id".
 * The reader sees the change. Invisible characters would be copied with the text, and some programs leave them out.
 */
export const unlinked = (text: string): string =>
  breaks.reduce((changed, [found, instead]) => changed.replace(found, instead), text);
