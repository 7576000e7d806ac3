import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { replaceFile } from "../start/files.ts";
import { nameOf, type Resource } from "../template/template.ts";

/**
 * Gives the KMS keys of the templates random bytes, kept in a file that only its owner reads. Whoever deletes the file cannot
 * read any more what was sealed, as on AWS.
 */
export const openKeys = (file: string): ((key: Resource) => string) => {
  const keys = read(file);
  return (key) => {
    const name = nameOf(key);
    if (!keys[name]) {
      keys[name] = randomBytes(32).toString("base64");
      replaceFile(file, JSON.stringify(keys, undefined, 1), 0o600);
    }
    return `local:${keys[name]}`;
  };
};

const read = (file: string): Record<string, string> => {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return {};
    throw error;
  }
};
