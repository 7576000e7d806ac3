import { createHash } from "node:crypto";
import { chmodSync, readFileSync } from "node:fs";
import { exportJWK, generateKeyPair, type JWK } from "jose";
import { replaceFile } from "../start/files.ts";
import { StartFailure } from "../start/start-failure.ts";

/** What the local issuer keeps over a restart: the key that its tokens are signed with, and who has an account. */
export type IssuerData = {
  key: JWK;
  accounts: string[];
  /** Those of them that may not sign in. */
  disabled?: string[];
  /** How often the account of an address was deleted. */
  released?: Record<string, number>;
  /** The subjects that have signed in. */
  signedIn?: string[];
};

/** Opens the issuer's file, with a key made now where it is not there yet; nobody but its owner may read it. */
export const openIssuerData = async (file: string): Promise<{ data: IssuerData; save(): void }> => {
  const kept = read(file);
  const data = kept ?? { key: await newKey(), accounts: [] };
  const save = () => replaceFile(file, `${JSON.stringify(data, undefined, 2)}\n`, 0o600);
  if (kept) chmodSync(file, 0o600);
  else save();
  return { data, save };
};

const newKey = async (): Promise<JWK> => {
  const { privateKey } = await generateKeyPair("RS256", { extractable: true });
  const key = await exportJWK(privateKey);
  const kid = createHash("sha256")
    .update(key.n ?? "")
    .digest("base64url")
    .slice(0, 16);
  return { ...key, kid, use: "sig", alg: "RS256" };
};

const read = (file: string): IssuerData | undefined => {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw new StartFailure(
      `${file} cannot be read (${(error as Error).message}). Delete it: tokens that were given out end with it.`,
    );
  }
};
