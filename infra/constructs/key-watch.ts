import type { IKey } from "aws-cdk-lib/aws-kms";
import type { ITopic } from "aws-cdk-lib/aws-sns";
import type { Construct } from "constructs";
import { CallWatch } from "./call-watch.ts";

/** Each of these gives somebody the use of a key, or ends the use of what it sealed. */
const telling = ["PutKeyPolicy", "CreateGrant", "ScheduleKeyDeletion", "DisableKey"];

/**
 * Tells whoever is on call that the use of a key was given away or that a key was locked, with who did it. A deployment that changes
 * a key's policy is told too.
 */
export class KeyWatch extends CallWatch {
  constructor(scope: Construct, id: string, { keys, topic }: { keys: readonly IKey[]; topic: ITopic }) {
    super(scope, id, {
      description: "Somebody changed who may use a key, or locked one",
      watched: [
        {
          source: "aws.kms",
          calls: telling,
          onlyOn: { resources: { ARN: keys.map(({ keyArn }) => keyArn) } },
        },
      ],
      impact: "Somebody changed who may use a key, or locked one: identities may be opened, or none can be.",
      runbook: "keys-changed",
      topic,
    });
  }
}
