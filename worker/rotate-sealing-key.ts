// Seals every stored Admin key for the current sealing key again: `npm run rotate-sealing-key`. It may be run at any time,
// and again after an interruption. Syncs go on meanwhile.
import { openWarehouse } from '#clickhouse/client/client.ts';
import { listSealedForOthers, replaceSealed } from '#clickhouse/integrations/credentials.ts';
import { publicKeyOf } from '#credentials/key-pair.ts';
import { createOpener, createSealer, SealingError } from '#credentials/sealing.ts';
import { readEnvironment } from '#environment/parse.ts';
import { workerEnvironment } from '#environment/processes.ts';
import { warehouseOptions } from './warehouse-options.ts';

const environment = readEnvironment(workerEnvironment);
const warehouse = openWarehouse(warehouseOptions(environment));
const sealer = await createSealer(publicKeyOf(environment.SEALING_PRIVATE_KEY));
const opener = await createOpener([environment.SEALING_PRIVATE_KEY, ...environment.SEALING_PRIVATE_KEY_PREVIOUS]);
const print = (line: string) => void process.stdout.write(`${line}\n`);

const stored = await listSealedForOthers(warehouse, sealer.keyId);
print(`${stored.length} keys are sealed for a former sealing key.`);
let done = 0;
const unreadable = new Map<string, number>();
for (const credential of stored) {
  try {
    const adminKey = await opener.open(credential, credential);
    await replaceSealed(warehouse, credential, await sealer.seal(adminKey, credential));
    done += 1;
    if (done % 100 === 0) print(`${done} of ${stored.length} sealed again`);
  } catch (error) {
    if (!(error instanceof SealingError)) throw error;
    unreadable.set(credential.key_id, (unreadable.get(credential.key_id) ?? 0) + 1);
  }
}
const left = (await listSealedForOthers(warehouse, sealer.keyId)).length;
await warehouse.close();
print(`${done} sealed again, ${left} left.`);
for (const [keyId, count] of unreadable) {
  print(`${count} cannot be opened: give the private key of sealing key ${keyId} in SEALING_PRIVATE_KEY_PREVIOUS.`);
}
if (left === 0) print('SEALING_PRIVATE_KEY_PREVIOUS is no longer needed.');
process.exit(left === 0 ? 0 : 1);
