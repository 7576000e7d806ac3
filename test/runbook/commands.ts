/** Something of a document that people paste into a shell. */
export interface Command {
  /** The heading that it stands under. */
  heading: string;
  /** As it is written: a whole block, or what stands in backticks and begins with a program. */
  script: string;
}

const found =
  /^#+ (?<heading>.+)$|^ *```sh\n(?<block>[^]*?)^ *```|`(?<inline>(?:aws|curl|git|node|npm|npx) [^`]+)`/gm;

/** Lists the commands of a document, in the order in which they stand there. */
export function commandsIn(document: string): Command[] {
  let heading = "";
  return [...document.matchAll(found)].flatMap(({ groups = {} }) => {
    heading = groups.heading ?? heading;
    // In prose a command goes on in the next line.
    const script = groups.block?.trim() ?? groups.inline?.replace(/\s*\n\s*/g, " ");
    return script === undefined ? [] : { heading, script };
  });
}
