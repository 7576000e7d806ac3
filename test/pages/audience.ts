import { ask, type RawAnswer } from "./site.ts";

/** Cookies as a visitor may have them who has signed in somewhere, writes a draft and has looked at a case. */
const cookies = "__Host-saya=rahasia; __Host-draf=rahasia; lain=1";

const header = ({ headers }: RawAnswer, name: string) => String(headers[name] ?? "");

/** So often it is asked where others change the page at the same time. */
const rounds = 10;

/** The page without cookies and with them, while nobody else changed it: it was the same without them before and after. */
async function answersOfOneMoment(address: string): Promise<[without: RawAnswer, withCookies: RawAnswer]> {
  let before = await ask(address);
  for (let round = 1; round <= rounds; round++) {
    const withCookies = await ask(address, { headers: { cookie: cookies } });
    const after = await ask(address);
    if (before.body.equals(after.body)) return [before, withCookies];
    before = after;
  }
  throw new Error(
    `${address} was another page each of ${rounds} times that it was asked for without cookies.`,
  );
}

/**
 * Lists in what a public page is not the same for everybody: caches keep it for a minute, so it has no cookie and the same
 * bytes with and without cookies.
 */
export async function notTheSameForAll(address: string): Promise<string[]> {
  const [without, withCookies] = await answersOfOneMoment(address);
  const found: string[] = [];
  if (!without.body.equals(withCookies.body)) found.push("other bytes with cookies than without");
  if (without.status !== withCookies.status) found.push("another status with cookies than without");
  for (const answer of [without, withCookies]) {
    if (!/\bs-maxage=60\b/.test(header(answer, "cache-control")))
      found.push(`no s-maxage=60 in cache-control: ${header(answer, "cache-control")}`);
    if (answer.headers["set-cookie"]) found.push(`it sets a cookie: ${header(answer, "set-cookie")}`);
    if (/cookie|authorization|\*/i.test(header(answer, "vary")))
      found.push(`it varies: ${header(answer, "vary")}`);
  }
  return [...new Set(found)];
}

/** Lists which forged requests a POST route takes: from the page of another site, and from a browser that says nothing. */
export async function forgedRequestsTaken(address: string): Promise<string[]> {
  const form = { "content-type": "application/x-www-form-urlencoded" };
  const own = new URL(address).origin;
  const forged: Record<string, Record<string, string>> = {
    "from another site by Origin": { origin: "https://lain.example" },
    "without Origin and Sec-Fetch-Site": {},
    "from a hidden origin": { origin: "null" },
    "from another site by Sec-Fetch-Site": { "sec-fetch-site": "cross-site", origin: own },
    "from a neighbour by Sec-Fetch-Site": { "sec-fetch-site": "same-site", origin: own },
    "from an origin that begins like ours": { origin: `${own}.lain.example` },
  };
  const found: string[] = [];
  for (const [who, headers] of Object.entries(forged)) {
    const { status } = await ask(address, { method: "POST", headers: { ...form, ...headers }, body: "a=1" });
    if (status !== 403) found.push(`${status} for a request ${who}: POST ${new URL(address).pathname}`);
  }
  return found;
}
