import { ConditionalCheckFailedException } from "@aws-sdk/client-dynamodb";
import { type DynamoDBDocumentClient, GetCommand, paginateQuery, UpdateCommand } from "@aws-sdk/lib-dynamodb";
import type { TransactionItem } from "../platform/dynamo.ts";
import { cipherOf, keyedHashOf } from "../platform/encryption.ts";
import { readStored } from "../platform/read-stored.ts";
import { asItem, withValuesAsStored } from "../stored.ts";
import {
  type FormerAddress,
  formerAddress,
  formerAddressSeconds,
  mailingOf,
  type ReporterIdentity,
  reporterIdentity,
  type SealedReporter,
  sealedReporter,
  type SearchKey,
  searchText,
  withoutMailing,
} from "./reporter.ts";
import {
  isReturned,
  newsCondition,
  notReturned,
  returnedValues,
  type Undeliverable,
  undeliverable,
} from "./undeliverable.ts";

/** Seals and opens identities. The role of a function decides which of these calls its keys allow. */
export interface ReporterSeal {
  seal(identity: ReporterIdentity): Promise<SealedReporter>;
  open(reporter: SealedReporter): Promise<ReporterIdentity>;
  sealFormer(trackingNumber: string, former: FormerAddress): Promise<string>;
  openFormer(trackingNumber: string, sealed: string): Promise<FormerAddress>;
  hash(key: SearchKey): Promise<string>;
}

/** What is sealed about a reporter. The policy of the key says which function may seal and open it for which purpose. */
export const sealPurposes = ["identity", "receipt", "former-address"] as const;

/** An identity is sealed for one case and one purpose. Copied to another case it does not open. */
const about = (trackingNumber: string, purpose: (typeof sealPurposes)[number]) => ({
  trackingNumber,
  purpose,
});

/** A seal with these keys. Only functions that write identities or search for them need a hash key. */
export function reporterSeal({ key, hashKey }: { key: string; hashKey?: string }): ReporterSeal {
  const cipher = cipherOf(key);
  const keyedHash = hashKey === undefined ? undefined : keyedHashOf(hashKey);
  const hash = (searched: SearchKey): Promise<string> => {
    if (!keyedHash) throw new Error("This function holds no key to hash with");
    return keyedHash(searchText(searched));
  };
  return {
    hash,
    async seal(identity) {
      const { trackingNumber, receiptToMail, ...personal } = withoutMailing(
        withValuesAsStored(reporterIdentity, identity),
      );
      const { nik, phone } = personal;
      const [sealed, sealedReceipt, nikHash, phoneHash] = await Promise.all([
        cipher.seal(JSON.stringify(personal), about(trackingNumber, "identity")),
        receiptToMail && cipher.seal(receiptToMail, about(trackingNumber, "receipt")),
        nik && hash({ nik }),
        phone && hash({ phone }),
      ]);
      return {
        trackingNumber,
        sealed,
        sealedReceipt: sealedReceipt || undefined,
        nikHash: nikHash || undefined,
        phoneHash: phoneHash || undefined,
        ...mailingOf(identity),
      };
    },
    async open(reporter) {
      const { trackingNumber, sealed, sealedReceipt } = reporter;
      const [personal, receiptToMail] = await Promise.all([
        cipher.open(sealed, about(trackingNumber, "identity")),
        sealedReceipt && cipher.open(sealedReceipt, about(trackingNumber, "receipt")),
      ]);
      return readStored(reporterIdentity, {
        ...(JSON.parse(personal) as object),
        trackingNumber,
        receiptToMail: receiptToMail || undefined,
        ...mailingOf(reporter),
      });
    },
    sealFormer: (trackingNumber, former) =>
      cipher.seal(JSON.stringify(former), about(trackingNumber, "former-address")),
    openFormer: async (trackingNumber, sealed) =>
      readStored(
        formerAddress,
        JSON.parse(await cipher.open(sealed, about(trackingNumber, "former-address"))),
      ),
  };
}

/** The identity, as one item of the transaction that opens its case. */
export const identityItem = (
  table: string,
  { trackingNumber, ...sealed }: SealedReporter,
): TransactionItem => ({
  Put: {
    TableName: table,
    Item: asItem({ pk: trackingNumber, ...sealed }),
    ConditionExpression: "attribute_not_exists(pk)",
  },
});

/**
 * Corrected contact data, as one item of the move that corrects them. The other attributes stay, but what was noted of the address
 * goes with the address.
 */
export const correctionItem = (
  table: string,
  { trackingNumber, sealed, nikHash, phoneHash }: SealedReporter,
  { newAddress, at }: { newAddress: boolean; at: string },
): TransactionItem => {
  const hashes = { nikHash, phoneHash };
  const set = Object.entries(hashes).flatMap(([name, hash]) => (hash ? [`${name} = :${name}`] : []));
  const gone = [
    ...Object.entries(hashes).flatMap(([name, hash]) => (hash ? [] : [name])),
    ...(newAddress ? ["addressOff", "undeliverable"] : []),
  ];
  return {
    Update: {
      TableName: table,
      Key: { pk: trackingNumber },
      UpdateExpression: [
        // What comes back later of a mail to the address before says nothing of this one.
        `SET ${["sealed = :sealed", ...set, ...(newAddress ? ["addressFreedAt = :at"] : [])].join(", ")}`,
        ...(gone.length > 0 ? [`REMOVE ${gone.join(", ")}`] : []),
        ...(newAddress ? ["ADD addressRound :one"] : []),
      ].join(" "),
      ExpressionAttributeValues: {
        ":sealed": sealed,
        ...(nikHash && { ":nikHash": nikHash }),
        ...(phoneHash && { ":phoneHash": phoneHash }),
        ...(newAddress && { ":one": 1, ":at": at }),
      },
    },
  };
};

/** The removal of an identity, as one item of its move. */
export const removalItem = (table: string, trackingNumber: string): TransactionItem => ({
  Delete: { TableName: table, Key: { pk: trackingNumber } },
});

const formerPk = (trackingNumber: string, sequence: number) => `${trackingNumber}#FORMER#${sequence}`;

/** The address that an event replaced, as one item of its move. It expires, also where nobody could be told at it. */
export const formerAddressItem = (
  table: string,
  { trackingNumber, sequence, at }: { trackingNumber: string; sequence: number; at: string },
  sealed: string,
): TransactionItem => ({
  Update: {
    TableName: table,
    Key: { pk: formerPk(trackingNumber, sequence) },
    UpdateExpression: "SET sealed = :sealed, expiresAt = :expiry",
    ExpressionAttributeValues: {
      ":sealed": sealed,
      ":expiry": Math.floor(Date.parse(at) / 1000) + formerAddressSeconds,
    },
  },
});

export interface ReporterStore {
  find(trackingNumber: string): Promise<ReporterIdentity | undefined>;
  /** The numbers of the cases of one person, at most `limit` of them. */
  casesOf(key: SearchKey, limit: number): Promise<string[]>;
  /** Removes the receipt once it has been mailed. Does nothing where there is none. */
  forgetReceipt(trackingNumber: string): Promise<void>;
  /** The address that an event of a case replaced; undefined once it was told of the change, or where there was none. */
  formerAddress(trackingNumber: string, sequence: number): Promise<FormerAddress | undefined>;
  /** Removes a former address once it was told of the change. Does nothing where there is none. */
  forgetFormerAddress(trackingNumber: string, sequence: number): Promise<void>;
  /**
   * Stops mails about a case, or lets them go out again, also where they were off for the address. Does nothing where no identity
   * is stored.
   */
  stopMails(trackingNumber: string, stopped: boolean): Promise<void>;
  /**
   * Stops mails to the address of this round. False where the address was replaced since, or where no identity is stored: nobody
   * writes to that address about this case any more.
   */
  turnAddressOff(
    trackingNumber: string,
    round: number,
    why: NonNullable<SealedReporter["addressOff"]>,
  ): Promise<boolean>;
  /**
   * Notes that no mail reaches the address. One that is noted already keeps its date. What is told of a mail that came back counts
   * unless as much is known of a later mail, or the address was replaced or freed after that mail.
   */
  markUndeliverable(trackingNumber: string, mark: Undeliverable): Promise<void>;
  /**
   * Has mails go out again to an address that they came back from. Does nothing where the address complained: whoever holds the
   * receipt need not be who reads there.
   */
  freeAddress(trackingNumber: string, at: Date): Promise<void>;
  /** When the address was replaced or freed for the last time. This takes no key. */
  addressFreedAt(trackingNumber: string): Promise<string | undefined>;
  /** Forgets that, once the mail service took a mail. What came back may come back again, so that stays. */
  markDeliverable(trackingNumber: string): Promise<void>;
  /** Whether, and since when, no mail reaches the address. This takes no key. */
  undeliverable(trackingNumber: string): Promise<Undeliverable | undefined>;
}

/** Who reported what. Only functions that deal with reporters have permissions on this table. Reading it takes a seal. */
export function reporterStore(
  dynamo: DynamoDBDocumentClient,
  table: string,
  seal?: ReporterSeal,
): ReporterStore {
  const itemAt = async (pk: string): Promise<Record<string, unknown> | undefined> =>
    (await dynamo.send(new GetCommand({ TableName: table, Key: { pk }, ConsistentRead: true }))).Item;

  /** Changes an item where the condition holds, and does nothing where it does not. */
  const change = async (
    pk: string,
    update: string,
    condition: string,
    values?: Record<string, unknown>,
  ): Promise<boolean> => {
    try {
      await dynamo.send(
        new UpdateCommand({
          TableName: table,
          Key: { pk },
          UpdateExpression: update,
          ConditionExpression: condition,
          ExpressionAttributeValues: values,
        }),
      );
      return true;
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
      return false;
    }
  };

  return {
    async find(trackingNumber) {
      if (!seal) throw new Error("This function holds no key to open identities with");
      const Item = await itemAt(trackingNumber);
      if (!Item) return undefined;
      const { pk: _, ...sealed } = Item;
      return seal.open(readStored(sealedReporter, { trackingNumber, ...sealed }));
    },

    async casesOf(key, limit) {
      if (!seal) throw new Error("This function holds no key to search with");
      const pages = paginateQuery(
        { client: dynamo },
        {
          TableName: table,
          IndexName: "nik" in key ? "by-nik" : "by-phone",
          KeyConditionExpression: "#hash = :hash",
          ExpressionAttributeNames: { "#hash": "nik" in key ? "nikHash" : "phoneHash" },
          ExpressionAttributeValues: { ":hash": await seal.hash(key) },
        },
      );
      const numbers: string[] = [];
      for await (const { Items = [] } of pages) {
        numbers.push(...Items.map(({ pk }) => String(pk)));
        if (numbers.length >= limit) break;
      }
      return numbers.slice(0, limit);
    },

    async forgetReceipt(trackingNumber) {
      await change(trackingNumber, "REMOVE sealedReceipt", "attribute_exists(sealedReceipt)");
    },

    async formerAddress(trackingNumber, sequence) {
      if (!seal) throw new Error("This function holds no key to open addresses with");
      const sealed = (await itemAt(formerPk(trackingNumber, sequence)))?.sealed;
      return typeof sealed === "string" ? seal.openFormer(trackingNumber, sealed) : undefined;
    },

    // The rest of the item tells nothing, and expires.
    async forgetFormerAddress(trackingNumber, sequence) {
      await change(formerPk(trackingNumber, sequence), "REMOVE sealed", "attribute_exists(sealed)");
    },

    async stopMails(trackingNumber, stopped) {
      const update = `SET mailsStopped = :stopped${stopped ? "" : " REMOVE addressOff"}`;
      await change(trackingNumber, update, "attribute_exists(pk)", { ":stopped": stopped });
    },

    turnAddressOff: (trackingNumber, round, why) =>
      change(
        trackingNumber,
        "SET addressOff = :why",
        `attribute_exists(pk) AND (addressRound = :round${round === 0 ? " OR attribute_not_exists(addressRound)" : ""})`,
        { ":why": why, ":round": round },
      ),

    async markUndeliverable(trackingNumber, mark) {
      const update = "SET undeliverable = :mark";
      if (!isReturned(mark))
        return void (await change(
          trackingNumber,
          update,
          "attribute_exists(pk) AND (attribute_not_exists(undeliverable) OR undeliverable.why <> :why)",
          { ":mark": mark, ":why": mark.why },
        ));
      await change(
        trackingNumber,
        update,
        `attribute_exists(pk) AND (attribute_not_exists(addressFreedAt) OR addressFreedAt < :mailedAt) AND (${newsCondition("undeliverable", mark)})`,
        {
          ":mark": mark,
          ":mailedAt": mark.mailedAt,
          ...(mark.why !== "bounced" && { ":bounced": "bounced" }),
        },
      );
    },

    async freeAddress(trackingNumber, at) {
      await change(
        trackingNumber,
        "SET addressFreedAt = :at REMOVE undeliverable",
        "attribute_exists(undeliverable) AND undeliverable.why <> :complained",
        { ":at": at.toISOString(), ":complained": "complained" },
      );
    },

    async addressFreedAt(trackingNumber) {
      return readStored(sealedReporter.shape.addressFreedAt, (await itemAt(trackingNumber))?.addressFreedAt);
    },

    async markDeliverable(trackingNumber) {
      await change(
        trackingNumber,
        "REMOVE undeliverable",
        `attribute_exists(undeliverable) AND ${notReturned("undeliverable.why")}`,
        returnedValues,
      );
    },

    async undeliverable(trackingNumber) {
      const { Item } = await dynamo.send(
        new GetCommand({
          TableName: table,
          Key: { pk: trackingNumber },
          ProjectionExpression: "undeliverable",
        }),
      );
      return Item?.undeliverable === undefined ? undefined : readStored(undeliverable, Item.undeliverable);
    },
  };
}
