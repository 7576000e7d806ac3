/** An answer as somebody outside gets it. */
export interface Answer {
  status: number;
  headers: Headers;
  text: string;
}

/** A deployed stage, asked from outside. */
export interface Site {
  origin: string;
  /** Asks for a path of the site. Redirects are not followed, because they are what is looked at. */
  ask(
    path: string,
    init?: { method?: string; headers?: Record<string, string>; body?: string },
  ): Promise<Answer>;
  /** Asks for an address elsewhere. */
  askElsewhere(address: string): Promise<Answer>;
}

/** A function has 29 seconds at most, and a cold start some. */
const patienceMs = 30_000;

/** Asks over the network. */
export function siteAt(origin: string): Site {
  const askElsewhere = async (address: string, init: RequestInit = {}): Promise<Answer> => {
    const response = await fetch(address, {
      redirect: "manual",
      signal: AbortSignal.timeout(patienceMs),
      ...init,
    });
    return { status: response.status, headers: response.headers, text: await response.text() };
  };
  return { origin, askElsewhere, ask: (path, init) => askElsewhere(`${origin}${path}`, init) };
}
