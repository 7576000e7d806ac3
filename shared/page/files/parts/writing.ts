/** Characters as the server counts them: a line break is one, and so is a sign beyond the first plane. */
export const countCharacters = (text: string): number =>
  Array.from(text.replace(/\r\n?/g, "\n").trim().normalize("NFC")).length;
