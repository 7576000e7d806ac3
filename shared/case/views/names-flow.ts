import { type DirectoryStore, namesFrom } from "../../directory/directory-store.ts";
import type { CaseFile } from "../case.ts";
import { namedIn, type Names } from "./names.ts";

/** The names that a case and its history are shown with. */
export async function namesOf(directory: DirectoryStore, file: CaseFile): Promise<Names> {
  const [names, holder] = await Promise.all([
    namesFrom(directory, {
      ...namedIn(file),
      region: file.case.location?.regionCode,
      category: file.case.category,
    }),
    directory.agency(file.case.holder),
  ]);
  return { ...names, timeZone: holder?.timeZone ?? "Asia/Jakarta" };
}
