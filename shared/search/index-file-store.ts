import { rmSync } from "node:fs";
import { DatabaseSync, type SQLInputValue, type StatementSync } from "node:sqlite";
import type { Case } from "../case/case.ts";
import { feedEntry } from "../case/lists/feed.ts";
import { regionInPublic } from "../directory/regions/place.ts";
import { indexForm, newerThan } from "./pointer.ts";
import type { Narrowing, ToldWords } from "./told.ts";
import type { Wanted } from "./wanted.ts";

/** An index that is searched. */
export interface SearchIndex {
  name: string;
  /** Reports at this position of the public feed, or newer, may be missing. */
  newerFrom: string;
  /** The numbers of cases that held everything when the index was built, the best first. */
  find(wanted: Wanted, narrowing: Narrowing, part: { skip: number; take: number }): string[];
  holds(trackingNumber: string): boolean;
  close(): void;
}

/** An index while it is written. */
export interface IndexWriter {
  add(portion: readonly { found: Case; told: ToldWords }[]): void;
  /** Ends the file. Nothing can be added any more. */
  finish(): void;
}

/** A word as the index holds it: small letters and digits only, so that no word means anything to its query language. */
const asHeld = (word: string): string =>
  /^[a-z0-9]+$/.test(word) ? word : `x${Buffer.from(word).toString("hex")}`;
const textOf = (words: readonly string[]): string => words.map(asHeld).join(" ");

/**
 * Begins an index in a new file. The words are stored for searching alone: no text can be read back from them in one piece. The
 * filters and the position in the public feed stand beside them.
 */
export function writeIndex(file: string, { name, builtAt }: { name: string; builtAt: Date }): IndexWriter {
  const database = new DatabaseSync(file);
  database.exec(`
    PRAGMA journal_mode = OFF;
    PRAGMA synchronous = OFF;
    PRAGMA user_version = ${indexForm};
    CREATE TABLE about (name TEXT NOT NULL, newerFrom TEXT NOT NULL);
    CREATE TABLE cases (
      id INTEGER PRIMARY KEY, number TEXT NOT NULL UNIQUE, position TEXT NOT NULL, holder TEXT NOT NULL,
      agency TEXT, status TEXT NOT NULL, class TEXT NOT NULL, category TEXT, region TEXT
    );
    CREATE VIRTUAL TABLE words USING fts5(title, body, content='', tokenize='ascii');
    BEGIN;
  `);
  database.prepare("INSERT INTO about VALUES (?, ?)").run(name, newerThan(builtAt));
  // A case that moves in the feed while it is read may come twice.
  const cases = database.prepare("INSERT OR IGNORE INTO cases VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?)");
  const words = database.prepare("INSERT INTO words (rowid, title, body) VALUES (?, ?, ?)");
  return {
    add(portion) {
      for (const { found, told } of portion) {
        const { feedOrder = "" } = feedEntry(found);
        const { changes, lastInsertRowid } = cases.run(
          ...[found.trackingNumber, feedOrder, found.holder, found.agencyId ?? null, found.status],
          ...[found.class, found.category ?? null, regionInPublic(found) ?? null],
        );
        if (changes > 0) words.run(lastInsertRowid, textOf(told.title), textOf(told.body));
      }
    },
    finish() {
      database.exec("INSERT INTO words (words) VALUES ('optimize'); COMMIT;");
      database.close();
    },
  };
}

/** The conditions of what a search is narrowed to, as `isWithin` reads them of a case (told.ts). */
function conditionsOf({ agency, status, class: kind, category, region }: Narrowing): {
  sql: string;
  values: SQLInputValue[];
} {
  const all: [string, SQLInputValue[]][] = [];
  if (agency !== undefined)
    all.push(["(holder = ? OR (agency = ? AND status = 'submitted'))", [agency, agency]]);
  if (status !== undefined) all.push(["status = ?", [status]]);
  if (kind !== undefined) all.push(["class = ?", [kind]]);
  if (category !== undefined)
    all.push(["substr(category || '/', 1, ?) = ?", [category.length + 1, `${category}/`]]);
  if (region !== undefined) all.push(["substr(region, 1, ?) = ?", [region.length, region]]);
  return {
    sql: all.map(([condition]) => ` AND ${condition}`).join(""),
    values: all.flatMap(([, values]) => values),
  };
}

/** A word of the title counts as much as ten of the text. */
const rank = "bm25(words, 10.0, 1.0)";

/** Opens an index. Its file goes: the disk is free again once the index is closed. Throws where the file is no index of ours. */
export function openIndex(file: string): SearchIndex {
  const database = new DatabaseSync(file, { readOnly: true });
  try {
    rmSync(file);
    const form = database.prepare("PRAGMA user_version").get()?.user_version;
    if (form !== indexForm) throw new Error(`The index has the form ${String(form)}`);
    const about = database.prepare("SELECT name, newerFrom FROM about").get();
    const known = database.prepare("SELECT 1 FROM cases WHERE number = ?");
    const searches = new Map<string, StatementSync>();
    const prepared = (sql: string): StatementSync => {
      const statement = searches.get(sql) ?? database.prepare(sql);
      searches.set(sql, statement);
      return statement;
    };
    return {
      name: String(about?.name),
      newerFrom: String(about?.newerFrom),
      find({ words, phrases }, narrowing, { skip, take }) {
        const all = [...words.map((word) => [word]), ...phrases].map((one) => `"${textOf(one)}"`).join(" ");
        const { sql, values } = conditionsOf(narrowing);
        return prepared(
          `SELECT number FROM words JOIN cases ON cases.id = words.rowid WHERE words MATCH ?${sql} ORDER BY ${rank}, position DESC LIMIT ? OFFSET ?`,
        )
          .all(all, ...values, take, skip)
          .map(({ number }) => String(number));
      },
      holds: (trackingNumber) => known.get(trackingNumber) !== undefined,
      close: () => database.close(),
    };
  } catch (error) {
    database.close();
    throw error;
  }
}
