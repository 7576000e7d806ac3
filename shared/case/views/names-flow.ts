import { type DirectoryStore, namesFrom } from "../../directory/directory-store.ts";
import type { CaseFile } from "../case.ts";
import { namedIn, type Names } from "./names.ts";

/** The names that a case and its history are shown with. */
export const namesOf = (directory: DirectoryStore, file: CaseFile): Promise<Names> =>
  namesFrom(directory, {
    ...namedIn(file),
    region: file.case.location?.regionCode,
    category: file.case.category,
  });
