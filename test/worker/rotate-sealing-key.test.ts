import { execFile } from 'node:child_process';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { blankChannelSecrets, readChannelSecret, storeChannelSecret } from '#clickhouse/channels/channel-secrets.ts';
import { readCredential, storeCredential } from '#clickhouse/integrations/credentials.ts';
import { generateKeyPair } from '#credentials/key-pair.ts';
import { createOpener, createSealer } from '#credentials/sealing.ts';
import { createDatabase, type Database } from '../support/database.ts';

const [oldest, older, current, unknown] = Array.from({ length: 4 }, generateKeyPair) as [
  KeyPair,
  KeyPair,
  KeyPair,
  KeyPair,
];
type KeyPair = ReturnType<typeof generateKeyPair>;

let database: Database;
beforeAll(async () => {
  database = await createDatabase();
});
afterAll(() => database.drop());

const adminKeyOf = (credential_id: string) => `sk-admin-of-${credential_id}`;
async function store(credential_id: string, { publicKey }: KeyPair) {
  const credential = { tenant_id: 'acme', credential_id };
  const sealed = await (await createSealer(publicKey)).seal(adminKeyOf(credential_id), credential);
  await storeCredential(database.warehouse, credential, sealed);
}

const CHANNEL = { tenant_id: 'acme', channel_id: 'channel-1' };
const storeUrl = async ({ publicKey }: KeyPair) =>
  storeChannelSecret({ ...database, sealer: await createSealer(publicKey) }, CHANNEL, 'url', 'https://acme.test');

async function open(credential_id: string): Promise<string> {
  const credential = { tenant_id: 'acme', credential_id };
  const sealed = await readCredential(database.warehouse, credential);
  if (!sealed) throw new Error('not stored');
  return (await createOpener([current.privateKey])).open(sealed, credential);
}

/** Runs the command as an operator does. */
function rotate(url = database.options.url): Promise<{ code: number | string | null | undefined; output: string }> {
  const { options } = database;
  const env = {
    ...process.env,
    CLICKHOUSE_URL: url,
    CLICKHOUSE_PASSWORD: options.password,
    CLICKHOUSE_DATABASE: options.database,
    SEALING_PRIVATE_KEY: current.privateKey,
    SEALING_PRIVATE_KEY_PREVIOUS: `${older.privateKey}, ${oldest.privateKey}`,
  };
  return new Promise((resolve) =>
    execFile(process.execPath, ['worker/rotate-sealing-key.ts'], { env }, (error, stdout, stderr) =>
      resolve({ code: error ? error.code : 0, output: stdout + stderr }),
    ),
  );
}

test('every key is sealed for the current sealing key; one that cannot be opened is named and kept', async () => {
  await store('a', oldest);
  await store('b', older);
  await store('c', current);
  await store('d', unknown);
  await storeUrl(older);
  await blankChannelSecrets(database.warehouse, { ...CHANNEL, channel_id: 'channel-2' });
  const first = await rotate();
  expect(first.output).toContain(`1 sealed for ${(await createSealer(current.publicKey)).keyId}, the current`);
  expect(first.output).toContain(`2 sealed for ${(await createSealer(older.publicKey)).keyId}\n`);
  expect(first.output).toContain('3 sealed again, 1 left.');
  expect(first.output).toContain(`sealing key ${(await createSealer(unknown.publicKey)).keyId}`);
  expect(first.output).not.toContain('sk-admin');
  expect(first.code).toBe(1);
  for (const id of ['a', 'b', 'c']) expect(await open(id)).toBe(adminKeyOf(id));
  const opener = await createOpener([current.privateKey]);
  expect(await readChannelSecret(database.warehouse, opener, CHANNEL, 'url')).toBe('https://acme.test');

  await store('d', older); // sent again
  const second = await rotate();
  expect(second.output).toContain('1 sealed again, 0 left.');
  expect(second.code).toBe(0);
  expect(await open('d')).toBe(adminKeyOf('d'));
});

test('without the warehouse, it ends with one line', async () => {
  const { code, output } = await rotate('http://127.0.0.1:9');
  expect(code).toBe(1);
  expect(output).toMatch(/^ClickHouse did not respond to .+\n$/);
});
