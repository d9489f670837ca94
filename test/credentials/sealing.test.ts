import { expect, test } from 'vitest';
import { generateKeyPair } from '#credentials/key-pair.ts';
import { createOpener, createSealer } from '#credentials/sealing.ts';

const keys = generateKeyPair();
const credential = { tenant_id: 'acme', credential_id: 'c1' };
const key = 'sk-admin-test';

test('a sealed key opens with the private key alone, and never looks like itself', async () => {
  const sealer = await createSealer(keys.publicKey);
  const sealed = await sealer.seal(key, credential);
  expect(JSON.stringify(sealed)).not.toContain(key);
  expect(await sealer.seal(key, credential)).not.toEqual(sealed);
  expect(await (await createOpener([keys.privateKey])).open(sealed, credential)).toBe(key);
});

test('moved to another tenant or credential, it does not open', async () => {
  const sealed = await (await createSealer(keys.publicKey)).seal(key, credential);
  const opener = await createOpener([keys.privateKey]);
  for (const moved of [
    { ...credential, tenant_id: 'other' },
    { ...credential, credential_id: 'c2' },
  ]) {
    await expect(opener.open(sealed, moved)).rejects.toThrow(/does not open/);
  }
});

test('after a rotation the previous private key still opens what it sealed', async () => {
  const next = generateKeyPair();
  const sealed = await (await createSealer(keys.publicKey)).seal(key, credential);
  expect(await (await createOpener([next.privateKey, keys.privateKey])).open(sealed, credential)).toBe(key);
  await expect((await createOpener([next.privateKey])).open(sealed, credential)).rejects.toThrow(/previous/);
});

test('a credential is named by its tenant and key, and says nothing of the key', async () => {
  const sealer = await createSealer(keys.publicKey);
  const id = sealer.credentialId('acme', key);
  expect(id).toMatch(/^[0-9a-f]{32}$/);
  expect(sealer.credentialId('acme', key)).toBe(id);
  expect(sealer.credentialId('other', key)).not.toBe(id);
  expect(sealer.credentialId('acme', `${key}x`)).not.toBe(id);
});
