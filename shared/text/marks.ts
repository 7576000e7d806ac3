/** What is not seen itself: joiners, tags of flags, and the signs that choose the form of a letter or an emoji. */
const unseen = /\p{Default_Ignorable_Code_Point}+/gu;

/**
 * Marks of no script of its own, such as accents and the vowel signs of Arabic, and circles around a letter. Languages put
 * up to three on a letter: in Arabic a shadda, a vowel and a long a, in phonetics a nasal and creaky vowel with a tone.
 */
const accents = /[\p{Script=Inherited}\p{Me}]{5}/u;

/** Marks of any script. Burmese puts up to five on a letter, and Javanese, Tibetan and Hebrew with its accents up to six. */
const marks = /\p{M}{7}/u;

/** A mark at the beginning of a line sits on nothing, or on whatever a page shows before the text. */
const lone = /(?:^|[\n\r\u2028\u2029])\p{M}/u;

/** Whether marks are stacked until nobody can read the letter or the lines around it. The text is in the form NFC. */
export function hasStackedMarks(text: string): boolean {
  const seen = text.replace(unseen, "");
  return accents.test(seen) || marks.test(seen) || lone.test(seen);
}
