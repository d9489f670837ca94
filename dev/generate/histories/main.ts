// Records test/histories/ of this version: one run of each workflow on a stack of its own, with an invented organization.

import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { Client, Connection } from '@temporalio/client';
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import { createSealer } from '#credentials/sealing.ts';
import { addDays, today, weekStart } from '#domain/day.ts';
import { machineEnvironment } from '#environment/parse.ts';
import { temporalConnection } from '#environment/temporal-connection.ts';
import packageJson from '#package.json' with { type: 'json' };
import { reconcileNow, sendDigest, tellEvents } from '#workflows/contract/commands.ts';
import {
  backfillId,
  changeId,
  connectId,
  dailySyncId,
  RECONCILE_ID,
  raiseAlertId,
  sendDigestId,
  sendMissedId,
  tellEventsId,
} from '#workflows/contract/ids.ts';
import { activate, disconnect, repair } from '#workflows/contract/messages.ts';
import { runCommandLine } from '../../cli/command.ts';
import { UserError } from '../../cli/user-error.ts';
import { demoSettings } from '../../demo/demo-settings.ts';
import { startSimulator } from '../../simulators/openai/simulator.ts';
import { temporalVariables } from '../../stack/settings.ts';
import { withStack } from '../../stack/stack.ts';

process.title = 'pump (dev/generate/histories/main.ts)';
const print = (line: string) => void process.stdout.write(`${line}\n`);
const root = fileURLToPath(new URL('../../../', import.meta.url));
const directory = new URL(`../../../test/histories/${packageJson.version}/`, import.meta.url);

type Responded = { id: string; workflow_id: string; data: { id: string }[] };

await runCommandLine(async (interrupt) => {
  const released = execFileSync('git', ['tag', '--list', `v${packageJson.version}`], { encoding: 'utf8' }).trim();
  if (released) throw new UserError(`${released} is released, and its histories stay: raise the version first.`);
  await mkdir(directory, { recursive: true });
  const data = await mkdtemp(join(tmpdir(), 'pump-histories-'));
  // Three slices of each dataset: enough for a backfill that reads several at once.
  const simulator = await startSimulator({ factsPerDay: 3, knobs: { lookbackDays: 70 } });
  const receives = { status: 200 };
  const receiver = createServer((_request, response) => void response.writeHead(receives.status).end());
  receiver.listen(0, '127.0.0.1');
  await once(receiver, 'listening');
  const url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}`;
  try {
    const settings = {
      ...(await demoSettings(data, print)),
      OPENAI_BASE_URL: simulator.url,
      ALLOW_PRIVATE_CHANNELS: true,
    };
    const options = { settings, machine: machineEnvironment(), print, interrupt };
    await withStack(options, async ({ api, secrets }, signal) => {
      const tenant_id = settings.TENANT_ID;
      const { namespace, connection: server } = temporalConnection(temporalVariables(settings));
      const connection = await Connection.connect(server);
      const temporal = new Client({ connection, namespace });
      const sealer = await createSealer(secrets.SEALING_PUBLIC_KEY);
      const credential = (key: string) => ({ tenant_id, credential_id: sealer.credentialId(tenant_id, key) });

      const call = async (method: string, path: string, body?: object): Promise<Responded> => {
        const headers = { authorization: `Bearer ${secrets.API_TOKEN}`, 'content-type': 'application/json' };
        const init = { method, headers, signal, ...(body && { body: JSON.stringify(body) }) };
        return (await (await fetch(api + path, init)).json()) as Responded;
      };
      /** Waits until all that the last request started has ended. */
      const untilQuiet = async () => {
        do await delay(500, undefined, { signal });
        while ((await temporal.workflow.count(`ExecutionStatus = 'Running'`)).count > 0);
      };
      const onlyOf = async (type: string): Promise<string> => {
        for await (const { workflowId } of temporal.workflow.list({ query: `WorkflowType = '${type}'` }))
          return workflowId;
        await delay(500, undefined, { signal }); // lists lag
        return onlyOf(type);
      };
      const save = async (workflowId: string, name: string) => {
        const history = await temporal.workflow.getHandle(workflowId).fetchHistory();
        const json = historyToJSON(history).replaceAll(hostname(), 'host').replaceAll(root, '/app/');
        await writeFile(new URL(`${name}.json`, directory), `${json}\n`);
        print(`${name}: ${history.events?.length} events`);
      };

      await call('POST', '/v1/integrations', { admin_key: simulator.keys.wrong });
      await untilQuiet();
      await save(connectId(credential(simulator.keys.wrong)), 'connect-failed');

      const { id } = await call('POST', '/v1/integrations', { admin_key: simulator.keys.admin });
      const integration = { tenant_id, integration_id: id };
      await untilQuiet();
      await save(connectId(credential(simulator.keys.admin)), 'connect-completed');
      await save(changeId(integration), `change-${activate.name}-completed`);
      await save(backfillId(integration, credential(simulator.keys.admin)), 'backfill-completed');

      const range = { from: addDays(today(), -3), to: today() };
      const { workflow_id } = await call('POST', `/v1/integrations/${id}/syncs`, range);
      await untilQuiet();
      await save(workflow_id, 'sync-range-completed');

      const schedule = temporal.schedule.getHandle(dailySyncId(integration));
      await schedule.trigger();
      await untilQuiet();
      const [run] = (await schedule.describe()).info.recentActions;
      if (!run) throw new Error('The schedule has started no run.');
      await save(run.action.workflow.workflowId, 'daily-sync-completed');

      const { id: channel_id } = await call('POST', '/v1/channels', { kind: 'slack', name: 'Ops', url });
      await call('POST', `/v1/channels/${channel_id}/tests`);
      await save(await onlyOf('testChannel'), 'test-channel-completed');
      const digestOfWeeksAgo = async (weeks: number) => {
        const digest = { tenant_id, channel_id, digest_id: `digest-weekly-${addDays(weekStart(today()), -7 * weeks)}` };
        await sendDigest(temporal, digest);
        await temporal.workflow.getHandle(sendDigestId(digest)).result();
        return sendDigestId(digest);
      };
      await save(await digestOfWeeksAgo(1), 'send-digest-completed');
      receives.status = 410;
      for (const weeks of [2, 3]) await digestOfWeeksAgo(weeks);
      receives.status = 200;
      await call('POST', `/v1/channels/${channel_id}/deliveries`);
      await save(sendMissedId({ tenant_id, channel_id }), 'send-missed-completed');

      await tellEvents(temporal, today());
      await temporal.workflow.getHandle(tellEventsId(today())).result();
      await save(tellEventsId(today()), 'tell-events-completed');

      const thresholds = [{ of: 'actual', percent: 50 }];
      await call('POST', '/v1/budgets', { name: 'All', amount: '0.01', thresholds });
      await untilQuiet();
      await save(await onlyOf('judgeBudget'), 'judge-budget-completed');
      await schedule.trigger();
      await untilQuiet();
      const [alert] = (await call('GET', '/v1/alerts?kind=budget')).data;
      if (!alert) throw new Error('The sync has raised no alert.');
      await save(raiseAlertId({ tenant_id, alert_id: alert.id }), 'raise-alert-completed');

      await schedule.delete();
      while ((await reconcileNow(temporal)).repaired === 0) await delay(500, undefined, { signal });
      await untilQuiet();
      await save(RECONCILE_ID, 'reconcile-completed');
      await save(changeId(integration), `change-${repair.name}-completed`);

      await call('DELETE', `/v1/integrations/${id}`);
      await untilQuiet();
      await save(changeId(integration), `change-${disconnect.name}-completed`);
      await call('DELETE', `/v1/integrations/${id}?purge=true`);
      await temporal.workflow.getHandle(changeId(integration)).result();
      await save(changeId(integration), `change-${disconnect.name}-purged`);
      await save(await onlyOf('sweepPurged'), 'sweep-open');
      await connection.close();
    });
  } finally {
    receiver.close();
    await simulator.close();
    await rm(data, { recursive: true, force: true });
  }
});
