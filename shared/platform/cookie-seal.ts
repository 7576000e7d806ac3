import type { webcrypto } from "node:crypto";
import type { KeyedHash } from "./encryption.ts";

/** Seals what a visitor carries for us, so that they can neither read nor change it. */
export interface CookieSeal {
  /** Seals a value under a name. */
  seal(value: unknown, name: string): Promise<string>;
  /** Opens a seal. Undefined for one of another name, another stage or an old key, and for whatever else is no seal of ours. */
  open(sealed: string, name: string): Promise<unknown>;
}

const nonceBytes = 12;

const aesKey = (bytes: Uint8Array<ArrayBuffer>) =>
  crypto.subtle.importKey("raw", bytes, "AES-GCM", false, ["encrypt", "decrypt"]);

const aes = (nonce: Uint8Array<ArrayBuffer>, name: string) => ({
  name: "AES-GCM",
  iv: nonce,
  additionalData: new TextEncoder().encode(name),
});

function sealWith(keyOf: () => Promise<webcrypto.CryptoKey>): CookieSeal {
  return {
    async seal(value, name) {
      const nonce = crypto.getRandomValues(new Uint8Array(nonceBytes));
      const text = new TextEncoder().encode(JSON.stringify(value));
      const sealed = await crypto.subtle.encrypt(aes(nonce, name), await keyOf(), text);
      return Buffer.concat([nonce, Buffer.from(sealed)]).toString("base64url");
    },
    async open(sealed, name) {
      const bytes = Uint8Array.from(Buffer.from(sealed, "base64url"));
      if (bytes.length <= nonceBytes) return undefined;
      const key = await keyOf();
      try {
        const text = await crypto.subtle.decrypt(
          aes(bytes.slice(0, nonceBytes), name),
          key,
          bytes.slice(nonceBytes),
        );
        return JSON.parse(new TextDecoder().decode(text)) as unknown;
      } catch {
        // Somebody else's seal, or one of an old key: whoever carries it begins anew.
        return undefined;
      }
    },
  };
}

/** Seals cookies under a key of the stage (AES-GCM of 256 bits). The key follows from one that never leaves KMS. */
export function cookieSealOf(keyedHash: KeyedHash): CookieSeal {
  let key: Promise<webcrypto.CryptoKey> | undefined;
  const derived = async () =>
    aesKey(Uint8Array.from(Buffer.from(await keyedHash("cookies of pages"), "base64url")));
  return sealWith(() => {
    const asked = (key ??= derived());
    // A key that could not be had now is asked for again.
    asked.catch(() => (key = undefined));
    return asked;
  });
}

/** Seals under a secret that only a visitor's cookie holds: 32 random bytes in base64url. */
export const sealUnderSecret = (secret: string): CookieSeal =>
  sealWith(() => aesKey(Uint8Array.from(Buffer.from(secret, "base64url"))));
