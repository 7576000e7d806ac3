import { ConditionalCheckFailedException } from "@aws-sdk/client-dynamodb";
import { type DynamoDBDocumentClient, GetCommand, paginateQuery, UpdateCommand } from "@aws-sdk/lib-dynamodb";
import type { TransactionItem } from "../platform/dynamo.ts";
import { cipherOf, keyedHashOf } from "../platform/encryption.ts";
import {
  type FormerAddress,
  formerAddress,
  formerAddressSeconds,
  type ReporterIdentity,
  reporterIdentity,
  type SealedReporter,
  sealedReporter,
  type SearchKey,
  searchText,
} from "./reporter.ts";

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
    async seal({ trackingNumber, receiptToMail, mailsStopped, ...personal }) {
      const { nik, phone } = personal;
      const [sealed, sealedReceipt, nikHash, phoneHash] = await Promise.all([
        cipher.seal(JSON.stringify(personal), about(trackingNumber, "identity")),
        receiptToMail && cipher.seal(receiptToMail, about(trackingNumber, "receipt")),
        nik && hash({ nik }),
        phone && hash({ phone }),
      ]);
      return sealedReporter.parse({
        trackingNumber,
        sealed,
        sealedReceipt: sealedReceipt || undefined,
        nikHash: nikHash || undefined,
        phoneHash: phoneHash || undefined,
        mailsStopped,
      });
    },
    async open({ trackingNumber, sealed, sealedReceipt, mailsStopped }) {
      const [personal, receiptToMail] = await Promise.all([
        cipher.open(sealed, about(trackingNumber, "identity")),
        sealedReceipt && cipher.open(sealedReceipt, about(trackingNumber, "receipt")),
      ]);
      return reporterIdentity.parse({
        ...(JSON.parse(personal) as object),
        trackingNumber,
        receiptToMail: receiptToMail || undefined,
        mailsStopped,
      });
    },
    sealFormer: (trackingNumber, former) =>
      cipher.seal(JSON.stringify(former), about(trackingNumber, "former-address")),
    openFormer: async (trackingNumber, sealed) =>
      formerAddress.parse(JSON.parse(await cipher.open(sealed, about(trackingNumber, "former-address")))),
  };
}

/** The identity, as one item of the transaction that opens its case. */
export const identityItem = (
  table: string,
  { trackingNumber, ...sealed }: SealedReporter,
): TransactionItem => ({
  Put: {
    TableName: table,
    Item: { pk: trackingNumber, ...sealed },
    ConditionExpression: "attribute_not_exists(pk)",
  },
});

/** Corrected contact data, as one item of the move that corrects them. The other attributes stay. */
export const correctionItem = (
  table: string,
  { trackingNumber, sealed, nikHash, phoneHash }: SealedReporter,
): TransactionItem => {
  const hashes = { nikHash, phoneHash };
  const set = Object.entries(hashes).flatMap(([name, hash]) => (hash ? [`${name} = :${name}`] : []));
  const gone = Object.entries(hashes).flatMap(([name, hash]) => (hash ? [] : [name]));
  return {
    Update: {
      TableName: table,
      Key: { pk: trackingNumber },
      UpdateExpression: [
        `SET ${["sealed = :sealed", ...set].join(", ")}`,
        ...(gone.length > 0 ? [`REMOVE ${gone.join(", ")}`] : []),
      ].join(" "),
      ExpressionAttributeValues: {
        ":sealed": sealed,
        ...(nikHash && { ":nikHash": nikHash }),
        ...(phoneHash && { ":phoneHash": phoneHash }),
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
  /** Stops mails about a case, or lets them go out again. Does nothing where no identity is stored. */
  stopMails(trackingNumber: string, stopped: boolean): Promise<void>;
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
  const change = async (pk: string, update: string, condition: string, values?: Record<string, unknown>) => {
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
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
    }
  };

  return {
    async find(trackingNumber) {
      if (!seal) throw new Error("This function holds no key to open identities with");
      const Item = await itemAt(trackingNumber);
      if (!Item) return undefined;
      const { pk: _, ...sealed } = Item;
      return seal.open(sealedReporter.parse({ trackingNumber, ...sealed }));
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

    forgetReceipt: (trackingNumber) =>
      change(trackingNumber, "REMOVE sealedReceipt", "attribute_exists(sealedReceipt)"),

    async formerAddress(trackingNumber, sequence) {
      if (!seal) throw new Error("This function holds no key to open addresses with");
      const sealed = (await itemAt(formerPk(trackingNumber, sequence)))?.sealed;
      return typeof sealed === "string" ? seal.openFormer(trackingNumber, sealed) : undefined;
    },

    // The rest of the item tells nothing, and expires.
    forgetFormerAddress: (trackingNumber, sequence) =>
      change(formerPk(trackingNumber, sequence), "REMOVE sealed", "attribute_exists(sealed)"),

    stopMails: (trackingNumber, stopped) =>
      change(trackingNumber, "SET mailsStopped = :stopped", "attribute_exists(pk)", { ":stopped": stopped }),
  };
}
