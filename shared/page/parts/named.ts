/** Words that keep their capital wherever they stand. */
const keepsCapital = /^(?:Anda|Indonesia|Kalimantan|I)(?!\p{L})/u;
/** A word with capitals of its own, or a name of several words, such as that of an agency. */
const isName = /^(?:\S*\p{L}\S*\p{Lu}|\p{Lu}\S*\s+\p{Lu})/u;

const inSentence = (text: string): string =>
  keepsCapital.test(text) || isName.test(text) ? text : text.charAt(0).toLowerCase() + text.slice(1);

/** Whether some words stand in a text as they are. */
const says = (text: string, words: string): boolean => {
  const [within, wanted] = [text, words].map(
    (one) =>
      ` ${one
        .toLowerCase()
        .replace(/[^\p{L}\p{N}]+/gu, " ")
        .trim()} `,
  );
  return (within ?? "").includes(wanted ?? "");
};

/**
 * What is wrong with a field, in a place away from it: "Alasan: wajib diisi." What names its field already stays as it is.
 * `label`: undefined where no field is meant.
 */
export function namedMessage(label: string | undefined, message: string): string {
  if (label === undefined || says(message, label)) return message;
  return /[?!.:…]$/.test(label) ? `${label} ${message}` : `${label}: ${inSentence(message)}`;
}
