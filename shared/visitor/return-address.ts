/** Where officers land who asked for no page. */
const officersDesk = "/petugas";

/** A longer address was not written by a page of ours. */
const longest = 500;

/** A page of officers or of practice, with its query. Its letters are those that a browser writes, so that nothing is read in two ways. */
const ofOfficers = /^\/(petugas|latihan)((?:\/[\w~-][\w.~%-]*)*)(?:\?[\w.~%&=+:,@!*()/?-]*)?$/;

/** What signs in or out: who landed there would sign in for nothing. */
const inOrOut = /^\/(masuk|keluar)(\/|$)/i;

/** What whoever decodes a path would read as a slash, a dot or a letter of another word, and a percent sign that stands for nothing. */
const hidden = /\.\.|%(?:(?![\da-f]{2})|[01]|2[ef]|5c|[46][1-9a-f]|[57][0-9a])/i;

/**
 * The address that an officer is led to after the sign-in, without its language: the page that they asked for, if it is one for officers
 * on this site. Else it is their desk.
 */
export function returnAddress(asked: string | undefined): string {
  if (asked === undefined || asked.length > longest) return officersDesk;
  const address = asked.replace(/^\/en(?=\/)/, "");
  const [, room, below = ""] = ofOfficers.exec(address) ?? [];
  const refused = room === undefined || hidden.test(below) || (room === "petugas" && inOrOut.test(below));
  return refused ? officersDesk : address;
}
