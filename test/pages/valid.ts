import { HtmlValidate } from "html-validate/node";
import { parse } from "parse5";

const validator = new HtmlValidate({
  root: true,
  extends: ["html-validate:standard"],
  elements: ["html5"],
});

/** Lists what html-validate and the parser of the HTML standard object to in a document, with line and column. */
export async function invalidHtml(html: string): Promise<string[]> {
  const found: string[] = [];
  parse(html, {
    sourceCodeLocationInfo: true,
    onParseError: ({ code, startLine, startCol }) => found.push(`${startLine}:${startCol} ${code} (parse5)`),
  });
  const { results } = await validator.validateString(html);
  for (const { line, column, message, ruleId } of results.flatMap(({ messages }) => messages))
    found.push(`${line}:${column} ${message} (${ruleId})`);
  return found;
}
