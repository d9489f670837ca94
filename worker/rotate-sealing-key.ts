// Seals every stored Admin key, and the secrets of channels, for the current sealing key again:
// `npm run rotate-sealing-key`. It may be run at any time, and again after an interruption. Syncs go on meanwhile.
import { openWarehouse } from '#clickhouse/client/client.ts';
import { countKeys } from '#clickhouse/integrations/count-keys.ts';
import {
  listSealedForOthers,
  replaceSealed,
  SEALED_TABLES,
  type SealedTable,
} from '#clickhouse/integrations/credentials.ts';
import { publicKeyOf } from '#credentials/key-pair.ts';
import { createOpener, createSealer, SealingError } from '#credentials/sealing.ts';
import { readEnvironment } from '#environment/parse.ts';
import { rotateEnvironment } from '#environment/processes.ts';
import { runCommand } from './process/run-command.ts';
import { warehouseOptions } from './warehouse-options.ts';

const environment = readEnvironment(rotateEnvironment);
const warehouse = openWarehouse(warehouseOptions(environment));
const sealer = await createSealer(publicKeyOf(environment.SEALING_PRIVATE_KEY));
const opener = await createOpener([environment.SEALING_PRIVATE_KEY, ...environment.SEALING_PRIVATE_KEY_PREVIOUS]);
const print = (line: string) => void process.stdout.write(`${line}\n`);

let done = 0;
let before = 0;
const unreadable = new Map<string, number>();
await runCommand(async () => {
  before = await countLeft();
  for (const { key_id, keys } of await countKeys(warehouse)) {
    print(`${keys} sealed for ${key_id}${key_id === sealer.keyId ? ', the current sealing key' : ''}`);
  }
  for (const table of SEALED_TABLES) await sealAgain(table);
  const after = await countLeft();
  await warehouse.close();
  print(`${done} sealed again, ${after} left.`);
  for (const [keyId, count] of unreadable) {
    print(`${count} cannot be opened: give the private key of sealing key ${keyId} in SEALING_PRIVATE_KEY_PREVIOUS.`);
  }
  if (after === 0) print('SEALING_PRIVATE_KEY_PREVIOUS is no longer needed.');
  return after === 0 ? 0 : 1;
});

async function countLeft(): Promise<number> {
  const lists = await Promise.all(SEALED_TABLES.map((table) => listSealedForOthers(warehouse, table, sealer.keyId)));
  return lists.flat().length;
}

async function sealAgain(table: SealedTable): Promise<void> {
  for (const credential of await listSealedForOthers(warehouse, table, sealer.keyId)) {
    try {
      const secret = await opener.open(credential, credential);
      await replaceSealed(warehouse, table, credential, await sealer.seal(secret, credential));
      done += 1;
      if (done % 100 === 0) print(`${done} of ${before} sealed again`);
    } catch (error) {
      if (!(error instanceof SealingError)) throw error;
      unreadable.set(credential.key_id, (unreadable.get(credential.key_id) ?? 0) + 1);
    }
  }
}
