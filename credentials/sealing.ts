import { createHmac, hash } from 'node:crypto';
import { Aes256Gcm, CipherSuite, DhkemX25519HkdfSha256, HkdfSha256 } from '@hpke/core';
import type { CredentialId } from '#domain/integration.ts';
import { publicKeyOf } from './key-pair.ts';

/**
 * An admin key sealed with HPKE (RFC 9180: X25519, HKDF-SHA256, AES-256-GCM): the public key seals, only the private
 * key opens. It is bound to its tenant and credential, so it does not open in another row.
 */
export type SealedKey = { key_id: string; encapsulation: string; ciphertext: string };

export class SealingError extends Error {
  override readonly name = 'SealingError';
}

const suite = new CipherSuite({
  kem: new DhkemX25519HkdfSha256(),
  kdf: new HkdfSha256(),
  aead: new Aes256Gcm(),
});
// Bound into every sealed key: with another text, no stored key would open.
const info = new TextEncoder().encode('pump openai admin key v1');
const bindingTo = ({ tenant_id, credential_id }: CredentialId) =>
  new TextEncoder().encode(JSON.stringify([tenant_id, credential_id]));

/** Names a key pair in the table, so that two can be in use during a rotation. */
const keyId = (publicKey: Uint8Array) => hash('sha256', publicKey, 'hex').slice(0, 12);

export type Sealer = {
  /** Names its key pair in sealed keys. */
  keyId: string;
  /** The same tenant and key always have the same id, so that a double click is one attempt. */
  credentialId(tenantId: string, adminKey: string): string;
  seal(adminKey: string, credential: CredentialId): Promise<SealedKey>;
};

/** @param publicKey 32 bytes, base64url */
export async function createSealer(publicKey: string): Promise<Sealer> {
  const raw = Buffer.from(publicKey, 'base64url');
  const recipientPublicKey = await suite.kem.deserializePublicKey(new Uint8Array(raw).buffer);
  return {
    keyId: keyId(raw),
    credentialId: (tenantId, adminKey) =>
      createHmac('sha256', raw)
        .update(JSON.stringify([tenantId, adminKey]))
        .digest('hex')
        .slice(0, 32),
    async seal(adminKey, credential) {
      const { enc, ct } = await suite.seal(
        { recipientPublicKey, info },
        new TextEncoder().encode(adminKey).buffer,
        bindingTo(credential),
      );
      return {
        key_id: keyId(raw),
        encapsulation: Buffer.from(enc).toString('base64url'),
        ciphertext: Buffer.from(ct).toString('base64url'),
      };
    },
  };
}

/** Throws SealingError where no key fits, or where the sealed key was altered or moved. */
export type Opener = { open(sealed: SealedKey, credential: CredentialId): Promise<string> };

/** @param privateKeys 32 bytes each, base64url: the current one and, during a rotation, former ones */
export async function createOpener(privateKeys: readonly string[]): Promise<Opener & { keyIds: ReadonlySet<string> }> {
  const keys = new Map<string, Awaited<ReturnType<typeof suite.kem.deserializePrivateKey>>>();
  for (const privateKey of privateKeys) {
    const id = keyId(Buffer.from(publicKeyOf(privateKey), 'base64url'));
    keys.set(id, await suite.kem.deserializePrivateKey(bytes(privateKey)));
  }
  return {
    keyIds: new Set(keys.keys()),
    async open(sealed, credential) {
      const recipientKey = keys.get(sealed.key_id);
      if (!recipientKey) {
        throw new SealingError(`No private key for sealing key ${sealed.key_id}: give the previous one too.`);
      }
      try {
        const plain = await suite.open(
          { recipientKey, enc: bytes(sealed.encapsulation), info },
          bytes(sealed.ciphertext),
          bindingTo(credential),
        );
        return new TextDecoder().decode(plain);
      } catch {
        throw new SealingError('The sealed key does not open: it was altered or belongs to another credential.');
      }
    },
  };
}

const bytes = (text: string) => new Uint8Array(Buffer.from(text, 'base64url')).buffer;
