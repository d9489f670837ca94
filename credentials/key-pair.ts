import { createPrivateKey, createPublicKey, generateKeyPairSync } from 'node:crypto';

/** An X25519 key pair; each half is 32 raw bytes in base64url. */
export type KeyPair = { publicKey: string; privateKey: string };

export function generateKeyPair(): KeyPair {
  const { x = '', d = '' } = generateKeyPairSync('x25519').privateKey.export({ format: 'jwk' });
  return { publicKey: x, privateKey: d };
}

/** The public half of a private key. Throws RangeError where the text does not have 32 bytes. */
export function publicKeyOf(privateKey: string): string {
  const raw = Buffer.from(privateKey, 'base64url');
  if (raw.length !== 32) throw new RangeError('A private sealing key has 32 bytes in base64url.');
  // Node reads a raw key only inside its PKCS #8 wrapping.
  const wrapping = Buffer.from('302e020100300506032b656e04220420', 'hex');
  const key = createPrivateKey({ key: Buffer.concat([wrapping, raw]), format: 'der', type: 'pkcs8' });
  return createPublicKey(key).export({ format: 'jwk' }).x ?? '';
}
