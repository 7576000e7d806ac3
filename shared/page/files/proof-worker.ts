/** Solves challenges away from the page, so that the page stays quick. `proof.ts` and `offline.ts` start it. */
import { deriveKey } from "altcha-lib/algorithms/web/pbkdf2";
import { handler } from "altcha-lib/workers/shared";

handler({ deriveKey });
