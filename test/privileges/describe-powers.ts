/**
 * npm run powers
 *
 * Writes docs/powers.md: what the role of each function of production allows, on what, and which test shows that it is needed. Tests
 * fail while the document and the templates differ, and while a test or a reason is missing.
 */
import { writeFileSync } from "node:fs";
import { runCommand, takesNothing } from "../../shared/platform/command.ts";

await runCommand(async () => {
  takesNothing("Usage: npm run powers (it takes nothing, and writes docs/powers.md)");
  // Production is synthesised where this is loaded.
  const { powersDocument } = await import("./powers-document.ts");
  writeFileSync("docs/powers.md", powersDocument());
  console.log("docs/powers.md is written anew.");
});
