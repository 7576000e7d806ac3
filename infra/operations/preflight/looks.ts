import { firstToDo } from "../../../shared/platform/command.ts";
import type { Stage } from "../../config.ts";
import { placeholdersIn } from "../../placeholders.ts";
import type { Account } from "./account.ts";

/** Something to know before a deployment. */
export interface Finding {
  /** "refuses": a deployment fails or must not be tried. "warns": it succeeds, and people notice. "notes": nothing is wrong. */
  weight: "refuses" | "warns" | "notes";
  found: string;
  means: string;
  /** What to do, in the imperative. */
  toDo: string;
}

interface Look {
  /** What the look needs. AWS names it like this. */
  action: string;
  /** What is looked at, as the subject of a sentence. */
  subject: string;
  look: (stage: Stage, account: Account, now: Date) => Promise<Finding[]>;
}

/** CloudFront's certificates and rules are there. */
const edgeRegion = "us-east-1";

/** An answer takes so long, cold starts among them (npm run bench -- load). It is a cautious guess for sizing, and no limit. */
const secondsOfAnswer = 0.25;

/** So many functions run at once when citizens ask as fast as the stage lets them, and every worker has work. */
const concurrencyNeeded = ({ throttle, mailConcurrency }: Stage): number =>
  Math.ceil(throttle.ratePerSecond * secondsOfAnswer) + mailConcurrency;

/** Lambda lets nobody reserve the last of these. */
const neverReserved = 100;

/** At least so many are needed for what the stage reserves. Each scheduled job has its own besides. */
const reservedBy = ({ concurrency }: Stage): number =>
  Object.values(concurrency ?? {}).reduce((sum, one) => sum + one, 0);

const refuses = (found: string, means: string, toDo: string): Finding => ({
  weight: "refuses",
  found,
  means,
  toDo,
});
const warns = (found: string, means: string, toDo: string): Finding => ({
  weight: "warns",
  found,
  means,
  toDo,
});
const notes = (found: string, means: string, toDo: string): Finding => ({
  weight: "notes",
  found,
  means,
  toDo,
});

const regionsOf = (stage: Stage): string[] => [
  ...new Set([stage.region, ...(stage.edge || stage.domain ? [edgeRegion] : [])]),
];

/** The topics that a stage's stacks make, by the beginnings of their names. */
const topicsOf = ({ name, region, edge }: Stage): { region: string; name: string }[] => [
  ...["data-Alarms", "data-Tickets"].map((one) => ({ region, name: `sp4n-lapor-${name}-${one}` })),
  ...(edge ? [{ region: edgeRegion, name: `sp4n-lapor-${name}-edge-Alarms` }] : []),
];

/** Whether a certificate for one of these names is good for a host. */
const covers = (names: readonly string[], host: string) =>
  names.some(
    (name) =>
      name === host ||
      (name.startsWith("*.") && host.slice(host.indexOf(".") + 1) === name.slice("*.".length)),
  );

/** SQS starts no fewer workers at a time. */
const fewestWorkers = 2;

const dayMs = 86_400_000;

/** A quota that a stage's setting is above. */
const aboveQuota = (setting: string, wanted: number, granted: number, named: string): Finding[] =>
  granted >= wanted
    ? []
    : [
        warns(
          `${setting} is ${wanted}, and the account's quota is ${granted}`,
          `the gateway answers 429 to citizens above ${granted}, whatever the stage says`,
          `ask for more in Service Quotas ("${named}"), or lower ${setting}`,
        ),
      ];

/** The looks at an account, in the order in which their findings are told. */
const looks: readonly Look[] = [
  {
    action: "account:GetRegionOptStatus",
    subject: "Whether the region is enabled",
    look: async (stage, account) => {
      const statuses = await Promise.all(
        regionsOf(stage).map(async (region) => ({ region, status: await account.regionStatus(region) })),
      );
      return statuses.flatMap(({ region, status }) => {
        if (status === "ENABLED" || status === "ENABLED_BY_DEFAULT") return [];
        return [
          refuses(
            `The region ${region} is ${status} in this account`,
            "nothing can be deployed there",
            status === "ENABLING"
              ? "wait until AWS has enabled it, which takes minutes to hours"
              : `run aws account enable-region --region-name ${region}, and wait until it is enabled`,
          ),
        ];
      });
    },
  },
  {
    action: "cloudformation:DescribeStacks",
    subject: "Whether the CDK has bootstrapped the account",
    look: async (stage, account) => {
      const found = await Promise.all(
        regionsOf(stage).map(async (region) => ({ region, is: await account.isBootstrapped(region) })),
      );
      return found
        .filter(({ is }) => !is)
        .map(({ region }) =>
          refuses(
            `The stack CDKToolkit is not in ${region}`,
            "cdk deploy has no roles and no bucket to work with",
            `run npx cdk bootstrap aws://${stage.account ?? "ACCOUNT"}/${region}`,
          ),
        );
    },
  },
  {
    action: "lambda:GetAccountSettings",
    subject: "How many functions may run at once",
    look: async (stage, account) => {
      const [granted, needed] = [await account.concurrency(), concurrencyNeeded(stage)];
      const reserved = reservedBy(stage);
      if (reserved > 0 && granted < reserved + neverReserved)
        return [
          refuses(
            `Lambda runs ${granted} functions at once in this account, and the stage reserves ${reserved} or more of them`,
            `CloudFormation refuses to reserve them, because ${neverReserved} have to stay for all others`,
            'ask for 1,000 in Service Quotas (AWS Lambda, "Concurrent executions"), or lower the stage\'s concurrency',
          ),
        ];
      if (granted >= needed) return [];
      return [
        warns(
          `Lambda runs ${granted} functions at once in this account, and the stage's settings need about ${needed}`,
          "above that citizens get errors, and mails and checks come late",
          'ask for more in Service Quotas (AWS Lambda, "Concurrent executions"), or lower throttle.ratePerSecond',
        ),
      ];
    },
  },
  {
    action: "servicequotas:GetServiceQuota",
    subject: "What the gateway takes",
    look: async ({ throttle }, account) => {
      const [rate, burst] = await Promise.all([account.gatewayQuota("rate"), account.gatewayQuota("burst")]);
      return [
        ...aboveQuota("throttle.ratePerSecond", throttle.ratePerSecond, rate ?? Infinity, "Throttle rate"),
        ...aboveQuota(
          "throttle.burst",
          throttle.burst,
          burst ?? Infinity,
          "Throttle rate, with which the burst grows",
        ),
      ];
    },
  },
  {
    action: "ses:GetAccount",
    subject: "Whether SES mails everybody",
    look: async (stage, account) => {
      const { production, sending, ratePerSecond } = await account.mail();
      return [
        ...(production
          ? []
          : [
              warns(
                `SES is in its sandbox in ${stage.region}`,
                "nobody gets mail but verified addresses: officers are not warned, and reporters hear nothing",
                "ask for production access (SES console, Account dashboard), which takes about a day",
              ),
            ]),
        ...(sending
          ? []
          : [
              warns(
                "SES has paused sending for this account",
                "no mail goes out; messages wait for 14 days",
                "read the case that AWS opened, and answer it",
              ),
            ]),
        ...(ratePerSecond >= stage.mailConcurrency
          ? []
          : [
              warns(
                `SES takes ${ratePerSecond} mails a second, and mailConcurrency is ${stage.mailConcurrency}`,
                "mails are refused and tried again, and come late",
                stage.mailConcurrency > fewestWorkers
                  ? `ask SES for a higher rate, or lower mailConcurrency to ${Math.max(fewestWorkers, Math.floor(ratePerSecond))}`
                  : "ask SES for a higher rate",
              ),
            ]),
      ];
    },
  },
  {
    action: "ses:GetEmailIdentity",
    subject: "Whether the sender is verified",
    look: async ({ senderAddress, region }, account) => {
      const domain = senderAddress.split("@")[1] ?? "";
      const sender = await account.sender(domain);
      if (!sender)
        return [
          warns(
            `SES does not know the sender's domain ${domain} in ${region}`,
            "the first deployment makes it an identity; no mail goes out before it is verified",
            "after the deployment enter the three DKIM records that SES names into the DNS of the domain",
          ),
        ];
      return [
        ...(sender.verified
          ? []
          : [
              warns(
                `The sender's domain ${domain} is not verified (DKIM is ${sender.dkim})`,
                "SES refuses every mail from it",
                "enter the three DKIM records that SES names into the DNS of the domain",
              ),
            ]),
        ...(sender.mailFrom === "SUCCESS"
          ? []
          : [
              warns(
                `bounces.${domain} has no MX record that SES has seen (${sender.mailFrom})`,
                "bounces go to a domain of SES, and some receivers trust mails less",
                "enter the MX and the SPF record that SES names",
              ),
            ]),
      ];
    },
  },
  {
    action: "sns:ListSubscriptions",
    subject: "Whether alarms reach somebody",
    look: async (stage, account) => {
      const prefix = `:sp4n-lapor-${stage.name}-`;
      const all = await Promise.all(
        (stage.edge ? [stage.region, edgeRegion] : [stage.region]).map((region) =>
          account.subscriptions(region),
        ),
      );
      const ours = all.flat().filter(({ topicArn }) => topicArn.includes(prefix));
      if (ours.length === 0)
        return [
          notes(
            `No topic of the stage is mailed to ${stage.alarmAddress} yet`,
            "the first deployment makes the subscriptions, and AWS mails each of them a link",
            "have the reader of the address press the links, then run this again",
          ),
        ];
      // Whoever presses the link below an alarm's mail ends it, and AWS lists nothing then.
      const silent = topicsOf(stage).filter(
        ({ region, name }) =>
          !ours.some(({ topicArn }) => topicArn.includes(`:${region}:`) && topicArn.includes(name)),
      );
      return [
        ...silent.map(({ region, name }) =>
          warns(
            `Nobody is subscribed to ${name} (${region})`,
            "what it tells reaches nobody",
            "somebody ended the subscription by the link of a mail: deploy its stack again with another address and back, and press the new link",
          ),
        ),
        ...ours
          .filter(({ confirmed }) => !confirmed)
          .map(({ topicArn, endpoint }) =>
            warns(
              `The subscription of ${endpoint} to ${topicArn.split(":").at(-1)} (${topicArn.split(":")[3]}) is not confirmed`,
              "its alarms reach nobody",
              "press the link in AWS's mail; if it is older than three days, remove the subscription and deploy again",
            ),
          ),
      ];
    },
  },
  {
    action: "acm:DescribeCertificate",
    subject: "Whether the certificate is good",
    look: async ({ domain }, account, now) => {
      if (!domain) return [];
      const { name, certificateArn } = domain;
      const [, , , region] = certificateArn.split(":");
      if (region !== edgeRegion)
        return [
          refuses(
            `The certificate of ${name} is in ${region}`,
            `CloudFront takes certificates from ${edgeRegion} only`,
            `request it in ${edgeRegion}, and put its ARN into domain.certificateArn`,
          ),
        ];
      const certificate = await account.certificate(certificateArn);
      if (!certificate)
        return [
          refuses(
            `The certificate ${certificateArn} is not there`,
            "the distribution cannot be made",
            `request one for ${name} in ${edgeRegion}, and put its ARN into domain.certificateArn`,
          ),
        ];
      const { status, names, until } = certificate;
      return [
        ...(status === "ISSUED"
          ? []
          : [
              refuses(
                `The certificate of ${name} is ${status}`,
                "CloudFront refuses it",
                "enter the record that ACM names into the DNS of the domain, and wait until it is issued",
              ),
            ]),
        ...(covers(names, name)
          ? []
          : [
              refuses(
                `The certificate is for ${names.join(", ")}, and the site is at ${name}`,
                "CloudFront refuses the name",
                `request a certificate for ${name}`,
              ),
            ]),
        ...(until && until.getTime() - now.getTime() < 30 * dayMs
          ? [
              warns(
                `The certificate of ${name} ends on ${until.toISOString().slice(0, 10)}`,
                "browsers refuse the site from then on",
                "look in ACM why it was not renewed: most likely its DNS record is gone",
              ),
            ]
          : []),
      ];
    },
  },
  {
    action: "cognito-idp:DescribeUserPoolDomain",
    subject: "Whether the address of the sign-in pages is free",
    look: async ({ signIn, region }, account) => {
      if (signIn.kind !== "cognito") return [];
      const { domainPrefix } = signIn;
      const owner = await account.signInPages(domainPrefix);
      if (!owner || owner.userPool === (await account.userPool())) return [];
      return [
        refuses(
          `The sign-in pages at ${domainPrefix} in ${region} belong to the user pool ${owner.userPool} of the account ${owner.account}`,
          "Cognito gives a prefix to one user pool of a region, and refuses the stack of sign-in",
          "choose another signIn.domainPrefix; if an earlier try of this stage left that pool, take its domain away first",
        ),
      ];
    },
  },
  {
    action: "s3:GetBucketObjectLockConfiguration",
    subject: "For how long proofs are locked",
    look: async ({ anchorLock: { mode, days }, trail }, account) => {
      const until =
        mode === "compliance"
          ? "nobody, not the root user and not AWS, can remove a day's copy before its time is over; its bucket and its account stay for so long"
          : "only whoever has s3:BypassGovernanceRetention can remove a day's copy before its time is over";
      const bucket = await account.anchors();
      const lock = bucket === undefined ? undefined : await account.lockOf(bucket);
      if (!lock)
        return [
          notes(
            `The first deployment locks daily copies of hashes for ${days} days${trail ? `, and files of the trail for ${Math.min(days, 365)}` : ""} (${mode})`,
            until,
            "decide now: a shorter time later holds for later copies only",
          ),
        ];
      if (lock.mode.toLowerCase() === mode && lock.days === days)
        return [notes(`Daily copies of hashes are locked for ${days} days (${mode})`, until, "nothing")];
      return [
        warns(
          `Daily copies are locked for ${lock.days} days (${lock.mode.toLowerCase()}), and the stage says ${days} (${mode})`,
          `a deployment changes it for new copies; those that are there stay as they are. Then ${until}`,
          "deploy only if somebody decided this",
        ),
      ];
    },
  },
];

/** AWS says so in many ways when a right is missing. */
const isRefused = (error: Error) =>
  /AccessDenied|AuthorizationError|UnauthorizedOperation|NotAuthorized/.test(error.name);

const notLookedAt = ({ action, subject }: Pick<Look, "action" | "subject">, error: unknown): Finding => {
  const cause = error instanceof Error ? error : new Error(String(error));
  return warns(
    `${subject} could not be looked at: ${isRefused(cause) ? `the credentials may not do ${action}` : `${cause.name}: ${cause.message}`}`,
    "nobody knows",
    isRefused(cause)
      ? `use credentials that may do ${action}`
      : firstToDo(cause).replace(/\.$/, "") || `look with the AWS console (${action})`,
  );
};

/** What somebody still has to fill in. Production is not synthesised before that. */
const placeholders = (stage: Stage): Finding[] =>
  placeholdersIn(stage).map((sentence) => ({
    weight: stage.production ? "refuses" : "notes",
    found: sentence,
    means: stage.production
      ? "the synthesis of production refuses it"
      : "only developers call this stage, so it can be deployed like this",
    toDo: "fill it in, in infra/config.ts",
  }));

/** Whoever can end the account of production can end all copies that are in it. */
const copiesHere = ({ production, copiesTo }: Stage): Finding[] =>
  production && copiesTo === undefined
    ? [
        warns(
          "All copies are in this account",
          "whoever administers it can delete the reports of everybody, and their copies with them",
          "name a backup vault of another account of the organisation as copiesTo in infra/config.ts (docs/first-deployment.md)",
        ),
      ]
    : [];

/** Looks at a stage and at the account into which it would be deployed. No look stops the others, and none changes anything. */
export async function preflight(stage: Stage, account: Account, now: Date): Promise<Finding[]> {
  const filledIn = [...placeholders(stage), ...copiesHere(stage)];
  const identity = { action: "sts:GetCallerIdentity", subject: "Whose account this is" };
  let own: string;
  try {
    own = await account.own();
  } catch (error) {
    return [
      ...filledIn,
      { ...notLookedAt(identity, error), weight: "refuses", means: "nothing of the account was looked at" },
    ];
  }
  if (stage.account !== undefined && stage.account !== own)
    return [
      ...filledIn,
      refuses(
        `The credentials are for the account ${own}, and ${stage.name} is in ${stage.account}`,
        "the CDK refuses to deploy; nothing else was looked at, because it would be about the other account",
        `use credentials for ${stage.account}, or correct account in infra/config.ts`,
      ),
    ];
  const looked = await Promise.all(
    looks.map(async (one) => {
      try {
        return await one.look(stage, account, now);
      } catch (error) {
        return [notLookedAt(one, error)];
      }
    }),
  );
  return [...filledIn, ...looked.flat()];
}

const labels = { refuses: "REFUSED", warns: "WARNING", notes: "note" };

/** One line a finding: what was found, what it means, what to do. */
export const lineOf = ({ weight, found, means, toDo }: Finding): string =>
  `${labels[weight].padEnd(8)} ${found}. This means: ${means}. To do: ${toDo}.`;
