import type { Kinds, Shelf } from "./kept.ts";

const opened = (): Promise<IDBDatabase> =>
  new Promise((resolve, reject) => {
    const request = indexedDB.open("lapor", 1);
    request.onupgradeneeded = () => {
      request.result.createObjectStore("drafts", { keyPath: "id" });
      request.result.createObjectStore("reports", { keyPath: "id" });
    };
    request.onsuccess = () => {
      // Another tab may bring a newer version: this one must not be in its way.
      request.result.onversionchange = () => request.result.close();
      resolve(request.result);
    };
    request.onerror = () => reject(request.error ?? new Error("IndexedDB"));
    request.onblocked = () => reject(new Error("IndexedDB"));
  });

/** Done only when the transaction is done: until then nothing is on the disk. */
const finished = <Kept>(
  database: IDBDatabase,
  name: keyof Kinds,
  mode: IDBTransactionMode,
  act: (store: IDBObjectStore, answer: (value: Kept) => void) => void,
): Promise<Kept> =>
  new Promise((resolve, reject) => {
    const transaction = database.transaction(name, mode);
    let result: Kept;
    transaction.oncomplete = () => resolve(result);
    transaction.onabort = transaction.onerror = () => reject(transaction.error ?? new Error("IndexedDB"));
    act(transaction.objectStore(name), (value) => (result = value));
  });

/**
 * A shelf on this phone. It rejects where the browser keeps nothing (some private windows), and a read proves that it does not
 * only pretend.
 */
export async function shelfOf<Name extends keyof Kinds>(name: Name): Promise<Shelf<Kinds[Name]>> {
  type Kept = Kinds[Name];
  const database = await opened();
  const shelf: Shelf<Kept> = {
    all: () =>
      finished<Kept[]>(database, name, "readonly", (store, answer) => {
        const request = store.getAll() as IDBRequest<Kept[]>;
        request.onsuccess = () => answer(request.result);
      }),
    change: (id, become) =>
      finished<Kept | undefined>(database, name, "readwrite", (store, answer) => {
        const request = store.get(id) as IDBRequest<Kept | undefined>;
        request.onsuccess = () => {
          const now = become(request.result);
          if (now) store.put(now);
          else store.delete(id);
          answer(now);
        };
      }),
  };
  await shelf.all();
  return shelf;
}

/** Takes everything off this phone. Rejects where the browser keeps nothing. */
export async function emptyPhone(): Promise<void> {
  const database = await opened();
  for (const name of ["drafts", "reports"] as const)
    await finished<undefined>(database, name, "readwrite", (store) => void store.clear());
}

/** A shelf that lasts as long as the page, where the browser keeps nothing. */
export function shelfOfPage<Kept extends { id: string }>(): Shelf<Kept> {
  const kept = new Map<string, Kept>();
  return {
    all: () => Promise.resolve([...kept.values()]),
    change: (id, become) => {
      const now = become(kept.get(id));
      if (now) kept.set(id, now);
      else kept.delete(id);
      return Promise.resolve(now);
    },
  };
}
