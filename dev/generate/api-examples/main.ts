// Records api/openapi/examples.json: requests to a stack of its own with an invented organization, and the responses.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Client, Connection } from '@temporalio/client';
import type { Example } from '#api/openapi/examples.ts';
import { budgetIdOf } from '#api/routes/budgets/create-budget.ts';
import { channelIdOf } from '#api/routes/channels/create-channel.ts';
import { integrationId } from '#clickhouse/integrations/integrations.ts';
import { createSealer } from '#credentials/sealing.ts';
import { type DayRange, monthStart, today } from '#domain/day.ts';
import { machineEnvironment } from '#environment/parse.ts';
import { temporalConnection } from '#environment/temporal-connection.ts';
import { runCommandLine } from '../../cli/command.ts';
import { demoSettings } from '../../demo/demo-settings.ts';
import { startSimulator } from '../../simulators/openai/simulator.ts';
import { temporalVariables } from '../../stack/settings.ts';
import { withStack } from '../../stack/stack.ts';
import { type Description, type Fetch, operationsOf, recordOperation, recordProblems } from './record.ts';
import { EXAMPLE_KEY, refusedAtTheEnd, refusedRequests, type Subject } from './requests.ts';

process.title = 'pump (dev/generate/api-examples/main.ts)';
const print = (line: string) => void process.stdout.write(`${line}\n`);

await runCommandLine(async (interrupt) => {
  const directory = await mkdtemp(join(tmpdir(), 'pump-api-examples-'));
  const simulator = await startSimulator();
  const receiver = createServer((_request, response) => void response.end()).listen(0, '127.0.0.1');
  try {
    const settings = {
      ...(await demoSettings(directory, print)),
      OPENAI_BASE_URL: simulator.url,
      ALLOW_PRIVATE_CHANNELS: true,
    };
    const options = { settings, machine: machineEnvironment(), print, interrupt };
    const examples = await withStack(options, async ({ api, secrets }, end) => {
      const fetchApi: Fetch = (path, init = {}) => {
        const headers = { authorization: `Bearer ${secrets.API_TOKEN}`, ...init.headers };
        return fetch(api + path, { ...init, headers, signal: end });
      };
      const sealer = await createSealer(secrets.SEALING_PUBLIC_KEY);
      const subject: Subject = {
        adminKey: simulator.keys.admin,
        restrictedKey: simulator.keys.restricted,
        integrationId: integrationId(settings.TENANT_ID, simulator.organization.id),
        attemptId: sealer.credentialId(settings.TENANT_ID, simulator.keys.admin),
        budgetId: budgetIdOf(settings.TENANT_ID, EXAMPLE_KEY),
        channelId: channelIdOf(settings.TENANT_ID, EXAMPLE_KEY),
        alertId: '',
        receiver: `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/pump`,
        month: lastMonth(),
      };
      const names: Record<string, string> = {
        [subject.adminKey]: 'sk-admin-your-key',
        [subject.receiver]: 'https://hooks.example.com/pump',
        [new URL(subject.receiver).host]: 'hooks.example.com',
        [subject.attemptId]: '9f86d081884c7d659a2feaa0c55ad015',
      };
      const description = (await (await fetchApi('/openapi.json')).json()) as Description;
      const operations: Record<string, Example> = {};
      for (const described of operationsOf(description)) {
        print(`${described.method} ${described.path}`);
        operations[described.operation.operationId] = await recordOperation(fetchApi, described, subject, names);
        await untilQuiet(temporalConnection(temporalVariables(settings)), end);
        if (described.operation.operationId === 'createSync') await findAlert();
      }
      const problems = await recordProblems(fetchApi, refusedRequests(subject), names);
      const atTheEnd = await recordProblems(fetchApi, refusedAtTheEnd(subject), names);
      return { operations, problems: { ...problems, ...atTheEnd } };

      /** The sync has judged the budget, which is spent. */
      async function findAlert() {
        const { data } = (await (await fetchApi('/v1/alerts')).json()) as { data: { id: string }[] };
        subject.alertId = data[0]?.id ?? '';
        for (const [index, { id }] of data.entries()) names[id] = `${subject.budgetId}-example-${index + 1}`;
      }
    });
    const file = new URL('../../../api/openapi/examples.json', import.meta.url);
    await writeFile(file, `${JSON.stringify(examples, null, 2)}\n`);
  } finally {
    receiver.close();
    await simulator.close();
    await rm(directory, { recursive: true, force: true });
  }
});

/** The last month that has ended. */
function lastMonth(): DayRange {
  return { from: monthStart(today(), -1), to: monthStart(today()) };
}

/** Waits until no workflow runs but sweeps, which wait, so that the next request finds what this one started complete. */
async function untilQuiet(
  { namespace, connection: server }: ReturnType<typeof temporalConnection>,
  signal: AbortSignal,
): Promise<void> {
  const connection = await Connection.connect(server);
  const { workflow } = new Client({ connection, namespace });
  const query = `ExecutionStatus = 'Running' AND WorkflowType != 'sweepPurged'`;
  while ((await workflow.count(query)).count > 0) await delay(200, undefined, { signal });
  await connection.close();
}
