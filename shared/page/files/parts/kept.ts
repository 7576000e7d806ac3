/** What a person has begun to write, by the names of the fields. */
export interface PhoneDraft {
  id: string;
  title: string;
  savedAt: number;
  values: Record<string, string[]>;
}

/** A report that is written, and perhaps sent, without a line. */
export interface PhoneReport {
  /** Its Idempotency-Key, made once. */
  id: string;
  state: "writing" | "waiting" | "answered";
  values: Record<string, string[]>;
  /** The body of the request. It stays the same for each attempt, so that the server knows them for one. */
  body?: string;
  language: string;
  /** How many attempts have begun. */
  tries: number;
  /** Not before this moment (milliseconds): what the server asked for, or a pause that grows. */
  nextAt: number;
  /** Somebody is sending it until then: this page, another one, or the service worker. */
  heldUntil: number;
  /** The last refusal, as the server put it: a status and its problem. */
  refusal?: { status: number; detail?: string; errors?: { path: string; message: string }[] };
  /** What a challenge asks for. */
  challenges?: string;
  answer?: { trackingNumber: string; receipt: string };
}

export interface Kinds {
  drafts: PhoneDraft;
  reports: PhoneReport;
}

/** One kind of thing that is kept on the phone. */
export interface Shelf<Kept> {
  all(): Promise<Kept[]>;
  /** Reads and writes in one transaction: undefined in or out means that it is not there. */
  change(id: string, become: (was: Kept | undefined) => Kept | undefined): Promise<Kept | undefined>;
}
