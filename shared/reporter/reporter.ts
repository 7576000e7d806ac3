import * as z from "zod";
import { languages } from "../language.ts";

/** Who reported a case and how to reach them. Kept apart from the case, under a key of its own. */
export const reporterIdentity = z.strictObject({
  trackingNumber: z.string(),
  name: z.string().optional(),
  email: z.string().optional(),
  phone: z.string().optional(),
  nik: z.string().optional(),
  /** The language in which they wrote to us. */
  language: z.enum(languages),
  /** Set once they asked us to stop writing about the case. */
  mailsStopped: z.boolean().optional(),
  /** Only while a mail that the reporter asked for is on its way: the receipt in clear. Removed once it is sent. */
  receiptToMail: z.string().optional(),
});
export type ReporterIdentity = z.infer<typeof reporterIdentity>;
