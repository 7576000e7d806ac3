import type { Case } from "../case/case.ts";
import { errorForLog, logger } from "../platform/observability.ts";
import type { Attachment } from "./attachment.ts";
import { linkedBy } from "./retention.ts";
import type { Evidence } from "./upload-flow.ts";

/**
 * Erases the originals that a case says are to go. The case has said so before, so nobody opens them in the meantime. What fails
 * here is done by the daily job, which also forgets what the case said.
 */
export async function eraseMarked(
  { files }: Pick<Evidence, "files">,
  { trackingNumber, originalsExpiredAt }: Case,
  attachments: readonly Attachment[],
): Promise<void> {
  const gone = linkedBy(attachments, originalsExpiredAt).map(({ attachmentId }) => attachmentId);
  if (gone.length === 0) return;
  try {
    await (await files()).erase(trackingNumber, ["sealed"], (id) => gone.includes(id));
  } catch (error) {
    logger.error("originals left to the daily job", { trackingNumber, error: errorForLog(error) });
  }
}
