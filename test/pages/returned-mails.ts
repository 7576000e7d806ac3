import { ListQueuesCommand, SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { tagsOf } from "../../shared/notification/mail-feedback.ts";
import { begins } from "./ground.ts";
import type { Site } from "./site.ts";

/**
 * Has the system hear from the mail service that a mail to this recipient came back for good. `office` is the trace of an office's
 * address. The mail was taken when the system began, so whatever somebody does about the address comes later.
 */
export async function mailCameBack(
  { sqs: endpoint }: Pick<Site, "sqs">,
  { to, office }: { to: string; office?: string },
): Promise<void> {
  const sqs = new SQSClient({
    endpoint,
    region: "ap-southeast-3",
    credentials: { accessKeyId: "test", secretAccessKey: "test" },
  });
  try {
    const { QueueUrls = [] } = await sqs.send(new ListQueuesCommand({}));
    const QueueUrl = QueueUrls.find((url) => /MailFeedback(?!.*DeadLetter)/.test(url));
    if (!QueueUrl) throw new Error(`No message queue takes what comes back: ${QueueUrls.join(" ")}`);
    const tags = tagsOf({ to, address: `contoh-${to.replace(/\W/g, "")}`, office });
    const feedback = {
      what: "bounced",
      mailedAt: new Date(begins).toISOString(),
      tags: Object.fromEntries(Object.entries(tags).map(([name, value]) => [name, [value]])),
    };
    await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: JSON.stringify(feedback) }));
  } finally {
    sqs.destroy();
  }
}
