// Replays what runs in the namespace, and what ended lately, with this version's workflows: `npm run replay`, before
// they are deployed. Changes nothing.
import { Client, Connection } from '@temporalio/client';
import { DefaultLogger, Runtime, Worker } from '@temporalio/worker';
import { readEnvironment } from '#environment/parse.ts';
import { temporalEnvironment } from '#environment/processes.ts';
import { temporalConnection } from '#environment/temporal-connection.ts';
import { TASK_QUEUE } from '#workflows/contract/ids.ts';
import { historiesOf } from './histories-of.ts';
import { runCommand } from './process/run-command.ts';
import { loadWorkflows } from './workflow-bundle.ts';

/** Of those that ended: enough to have every kind of course among them. */
const ENDED = 500;
/** Others may share the namespace. */
const OURS = `TaskQueue = '${TASK_QUEUE}'`;

Runtime.install({ logger: new DefaultLogger('ERROR') });
const { namespace, connection: options } = temporalConnection(readEnvironment(temporalEnvironment));
await runCommand(async () => {
  const connection = await Connection.connect(options);
  const { workflow } = new Client({ connection, namespace });
  const workflowBundle = await loadWorkflows();
  let replayed = 0;
  let failed = 0;
  for (const list of [
    workflow.list({ query: `${OURS} AND ExecutionStatus = 'Running'` }),
    firstOf(workflow.list({ query: `${OURS} AND ExecutionStatus != 'Running'` }), ENDED),
  ]) {
    for await (const { error, workflowId } of Worker.runReplayHistories(
      { workflowBundle },
      historiesOf(workflow, list),
    )) {
      replayed += 1;
      if (!error) continue;
      failed += 1;
      process.stdout.write(`${workflowId} does not replay: ${error.message.split('\n')[0]}\n`);
    }
  }
  process.stdout.write(`${replayed} workflows replayed, ${failed} of them do not.\n`);
  await connection.close();
  return failed > 0 ? 1 : 0;
});

async function* firstOf<T>(all: AsyncIterable<T>, count: number): AsyncGenerator<T> {
  let taken = 0;
  for await (const one of all) {
    if (taken++ === count) return;
    yield one;
  }
}
