import { generateKeyPairSync } from 'node:crypto';

/** A fresh X25519 pair, raw, in base64url: as the environment holds them. */
export function sealingKeys(): { publicKey: string; privateKey: string } {
  const { x = '', d = '' } = generateKeyPairSync('x25519').privateKey.export({ format: 'jwk' });
  return { publicKey: x, privateKey: d };
}
