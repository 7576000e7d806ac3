import type { Visit } from "../../../shared/http/page/visit.ts";
import type { SignInReason } from "../../../shared/page/officer/sign-in.ts";
import { IssuerFailure, type IssuerTrouble } from "../../../shared/platform/issuer.ts";
import { logger } from "../../../shared/platform/observability.ts";

const reasonOf: Record<IssuerTrouble, SignInReason> = { silent: "sibuk", denied: "batal", wrong: "gagal" };

/** What an officer reads of a failed sign-in. The log is told which one of the standard's words it was, and no code and no token. */
export function toldFailure(error: unknown, { requestId }: Pick<Visit, "requestId">): SignInReason {
  if (!(error instanceof IssuerFailure)) throw error;
  const { trouble, hint } = error;
  logger.warn("sign-in failed", { requestId, trouble, hint });
  return reasonOf[trouble];
}
