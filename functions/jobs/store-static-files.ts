import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { PutObjectCommand } from "@aws-sdk/client-s3";
import * as z from "zod";
import { errorForLog, logger } from "../../shared/platform/observability.ts";
import { patience } from "../../shared/platform/patience.ts";
import { settings, text } from "../../shared/platform/settings.ts";
import { storageClient } from "../../shared/platform/storage.ts";

/** What CloudFormation asks at a deployment. */
const request = z.object({
  RequestType: z.enum(["Create", "Update", "Delete"]),
  ResponseURL: z.url(),
  StackId: z.string(),
  RequestId: z.string(),
  LogicalResourceId: z.string(),
});

/** The list of the files that lie beside the bundle. infra/bundling/bundles.ts writes it. */
const list = z.array(
  z.object({
    address: z.string().startsWith("/"),
    headers: z.object({ "content-type": z.string(), "cache-control": z.string() }),
  }),
);
type Listed = z.infer<typeof list>[number];

/**
 * Stores the static files of a deployment, and removes none: pages in caches name those of earlier deployments. CloudFormation waits
 * for the answer, so no page is deployed before the files that it names. The service worker comes last, because it names the others.
 */
export const storeStaticFiles =
  (folder: string, put: (file: Listed, content: Uint8Array) => Promise<void>) =>
  async (event: unknown): Promise<void> => {
    const { RequestType, ResponseURL, ...ids } = request.parse(event);
    const store = async (file: Listed) => put(file, await readFile(join(folder, file.address)));
    let outcome: { Status: "SUCCESS" } | { Status: "FAILED"; Reason: string } = { Status: "SUCCESS" };
    try {
      if (RequestType !== "Delete") {
        const files = list.parse(JSON.parse(await readFile(join(folder, "list.json"), "utf8")));
        const isNamed = ({ address }: Listed) => address.startsWith("/aset/");
        await Promise.all(files.filter(isNamed).map(store));
        for (const file of files) if (!isNamed(file)) await store(file);
      }
    } catch (error) {
      logger.error("static files not stored", { error: errorForLog(error) });
      outcome = {
        Status: "FAILED",
        Reason: "The static files could not be stored. The function's log says why.",
      };
    }
    const answer = { ...ids, PhysicalResourceId: "static-files", ...outcome };
    // CloudFormation signed its address for a body without a type. A text would bring one along.
    const { ok, status } = await fetch(ResponseURL, {
      method: "PUT",
      body: Buffer.from(JSON.stringify(answer)),
    });
    if (!ok) throw new Error(`CloudFormation did not take the answer (${status}).`);
  };

/** What the stack tells this function. */
export const variables = { STATIC_FILES_BUCKET: text };
const env = settings(variables);
const s3 = storageClient(patience.wholeFiles);

export const handler = storeStaticFiles(join(import.meta.dirname, "static"), async (file, content) => {
  await s3.send(
    new PutObjectCommand({
      Bucket: env.STATIC_FILES_BUCKET,
      Key: file.address.slice(1),
      Body: content,
      ContentType: file.headers["content-type"],
      CacheControl: file.headers["cache-control"],
    }),
  );
});
