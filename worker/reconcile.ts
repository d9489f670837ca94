// Compares all integrations with Temporal now, repairs what is lost, and says what was done: `npm run reconcile`.
import { Client } from '@temporalio/client';
import { NativeConnection } from '@temporalio/worker';
import { readEnvironment } from '#environment/parse.ts';
import { temporalEnvironment } from '#environment/processes.ts';
import { temporalConnection } from '#environment/temporal-connection.ts';
import { reconcileNow } from '#workflows/contract/commands.ts';
import { SEARCH_ATTRIBUTES } from '#workflows/contract/search-attributes.ts';
import { ensureSearchAttributes } from './ensure-search-attributes.ts';
import { runCommand } from './process/run-command.ts';
import { ensureReconcileSchedule } from './reconcile-schedule.ts';

const { connection: options, namespace } = temporalConnection(readEnvironment(temporalEnvironment));
await runCommand(async () => {
  const connection = await NativeConnection.connect(options);
  const temporal = new Client({ connection, namespace });
  // A new Temporal server lacks them, and workers that kept running have not noticed.
  await ensureSearchAttributes(connection, namespace, SEARCH_ATTRIBUTES);
  await ensureReconcileSchedule(temporal);
  process.stdout.write('Comparing all integrations with Temporal; a worker has to run …\n');
  const { checked, repaired, disconnected, purged, schedules_deleted, keys_deleted } = await reconcileNow(temporal);
  process.stdout.write(
    [
      `${checked} integrations checked`,
      `${repaired} repaired: the schedule or the backfill was lost`,
      `${disconnected} disconnected again: the warehouse's backup was older`,
      `${purged} purged again: the backup had their data`,
      `${schedules_deleted} schedules deleted: their integrations are gone`,
      `${keys_deleted} keys deleted: nothing used them`,
    ]
      .map((line) => `  ${line}\n`)
      .join(''),
  );
  await connection.close();
  return 0;
});
