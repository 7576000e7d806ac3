import { describe, expect, test } from "vitest";
import { call } from "../../fakes/gateway.ts";
import { anOffice } from "../../fakes/office.ts";
import { memoryStores } from "../../fakes/stores.ts";
import { readPage } from "./markup.ts";
import { carriedBy, ownCaseOpen } from "./own-case.ts";

/** What a store throws that takes no more for the moment. */
const throttled = () =>
  Object.assign(new Error("rahasia"), { name: "ProvisionedThroughputExceededException" });
const broken = () => new Error("rahasia");

/** Stores that fail at the n-th call from now on, once: before it is done, or after it was and its answer is lost. */
function failingStores() {
  let left = Infinity;
  let fault: { error: () => Error; afterwards: boolean } = { error: broken, afterwards: false };
  let calls = 0;
  const failing = <T extends object>(store: T): T =>
    new Proxy(store, {
      get(target, name) {
        const method: unknown = Reflect.get(target, name);
        if (typeof method !== "function") return method;
        return async (...given: unknown[]) => {
          calls += 1;
          const fails = --left === 0;
          if (fails && !fault.afterwards) throw fault.error();
          const answer: unknown = await Reflect.apply(method, target, given);
          if (fails) throw fault.error();
          return answer;
        };
      },
    });
  const stores = memoryStores();
  return {
    stores: {
      ...stores,
      cases: failing(stores.cases),
      reporters: failing(stores.reporters),
      attachments: failing(stores.attachments),
      traffic: failing(stores.traffic),
    },
    failAt(at: number, error: () => Error, afterwards: boolean) {
      [left, fault, calls] = [at, { error, afterwards }, 0];
    },
    /** Whether the fault came. Nothing fails any more. */
    healed(): { failed: boolean; calls: number } {
      const failed = left <= 0;
      left = Infinity;
      return { failed, calls };
    },
  };
}

/** Forms of a reporter, and what each leaves in the history of the case. */
const moves = [
  ["tanggapan", { text: "Lubangnya di sisi timur jalan itu." }, "replied"],
  ["nilai", { stars: "4", comment: "Terima kasih banyak atas bantuannya." }, "confirmed"],
  ["banding", { text: "Jawaban ini bukan tentang jalan saya." }, "appealed"],
  ["cabut", { text: "Lubangnya sudah beres sendiri." }, "withdrawn"],
  ["teks-publik", { how: "reword", title: "Jalan", text: "Ada lubang di depan pasar." }, "redacted"],
  ["surel", { name: "Warga Contoh", email: "warga@contoh.example" }, "contact-corrected"],
] as const;

describe.each(moves)("the form %s, while a store fails at any of its calls", (page, form, type) => {
  test.each([
    ["is broken", broken, false, 500],
    ["is asked too much", throttled, false, 503],
    ["did it and the answer is lost", broken, true, 500],
  ] as const)(
    "a store %s: the page says so and keeps the words, and the same form sent again does it once",
    async (_, error, afterwards, status) => {
      for (let at = 1; ; at += 1) {
        const { stores, failAt, healed } = failingStores();
        const own = await ownCaseOpen({}, anOffice("2026-11-24T09:00:00+08:00", { stores }));
        if (/nilai|banding/.test(page)) await own.answered();
        const sent = { ...carriedBy(await own.look(page)), ...form };
        failAt(at, error, afterwards);
        const first = await own.send(page, sent);
        if (!healed().failed) {
          expect(first.status).toBe(303);
          expect(at).toBeGreaterThan(2);
          return;
        }
        if (first.status !== 303) {
          expect([at, first.status]).toEqual([at, status]);
          const text = readPage(first);
          const words = Object.values(form).at(-1) ?? "";
          expect(text.includes(words) || first.body.includes(`value="${words}"`)).toBe(true);
          expect(text).not.toMatch(/rahasia|Idempotency/);
          if (status === 503) expect(first.headers["retry-after"]).toBe("5");
          const again = await own.send(page, sent);
          expect([at, again.status]).toEqual([at, 303]);
        }
        const { body } = await call(own.office.publicApi, "GET", `/v1/cases/${own.number}`, {
          headers: own.receipt,
        });
        const done = (body.timeline as { type: string }[]).filter((event) => event.type === type);
        expect([at, done.length]).toEqual([at, 1]);
      }
    },
    60_000,
  );
});
