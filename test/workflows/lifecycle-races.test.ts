import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { addDays } from '#domain/day.ts';
import { requestChange } from '#workflows/contract/commands.ts';
import { activate } from '#workflows/contract/messages.ts';
import { backfillOf } from '../support/backfill.ts';
import { type Stack, startStack } from '../support/stack.ts';
import { TODAY } from '../support/today.ts';
import { addRacingTenant, type RacingTenant, until } from './racing-tenant.ts';

// Two changes of one integration at a time, in every order that a caller can bring about: what is left is what one
// after the other would have left, never a mixture. Each race has a tenant of its own, so that they run side by side.
vi.setConfig({ maxConcurrency: 8 });

let stack: Stack;
const races: Promise<RacingTenant>[] = [];
function startRace(): Promise<RacingTenant> {
  const race = addRacingTenant(stack, `tenant-${races.length + 1}`);
  races.push(race);
  return race;
}
beforeAll(async () => {
  // One slice of each dataset: the length of the history does not matter here.
  stack = await startStack({ historyDays: 20 });
});
afterAll(async () => {
  for (const race of races) await (await race).untilQuiet();
  await stack.stop();
});

type Moment = [string, (race: RacingTenant) => Promise<boolean>];
const requested: Moment = ['once it is requested', (race) => race.isChanging()];
const recorded: Moment = [
  'once it is recorded',
  async (race) => !['backfilling', 'connected'].includes((await race.statusOf()) ?? ''),
];
const deleted: Moment = ['once the key is deleted', async (race) => (await race.rowsOf('credentials')) === 0];

describe.concurrent('races', () => {
  test.each([
    ['', ...recorded],
    ['?purge=true', ...requested],
    ['?purge=true', ...recorded],
    ['?purge=true', ...deleted],
  ])(
    'the same key, sent during DELETE%s %s, connects after it or is refused until it is sent again',
    async (query, when, moment) => {
      const race = await startRace();
      const { admin } = race.simulator.keys;
      await race.inMidBackfill();
      let isOver = false;
      const deleting = race.disconnect(race.id, query).finally(() => {
        isOver = true;
      });
      // On a busy machine, a moment may be over before it is seen.
      await until(async () => isOver || (await moment(race)), when);
      const first = await race.sendKey(admin);
      expect(await deleting).toBe(200);
      // Where the disconnect deleted the key after it was stored, the response says so; sent again, it connects.
      if (first.status !== 201) {
        expect([first.status, first.body.code]).toEqual([409, 'credential_missing']);
        expect((await race.sendKey(admin)).status).toBe(201);
      }
      await race.expectConnected();
    },
  );

  test('a disconnect while the key of a rotation is being checked: the later change wins', async () => {
    const race = await startRace();
    const { admin, second } = race.simulator.keys;
    await race.connect(admin);
    await race.untilQuiet();
    const { response, release } = await race.startChecking(second);
    expect(await race.disconnect(race.id)).toBe(200);
    race.holdBackfills();
    release();
    expect(await response).toMatchObject({ status: 201, body: { status: 'backfilling' } });
    await race.expectConnected();
  });

  test('the same key, deleted by a disconnect while it is being checked, is not connected', async () => {
    const race = await startRace();
    const { admin } = race.simulator.keys;
    await race.connect(admin);
    await race.untilQuiet();
    const { response, release } = await race.startChecking(admin);
    expect(await race.disconnect(race.id)).toBe(200);
    release();
    const { status, body } = await response;
    expect([status, body.code]).toEqual([409, 'credential_missing']);
    expect(body.detail).toMatch(/again/);
    await race.untilQuiet();
    expect([await race.statusOf(), await race.scheduled(), await race.rowsOf('credentials')]).toEqual([
      'disconnected',
      false,
      0,
    ]);
  });

  test.each([[['', '?purge=true']], [['?purge=true', '']], [['?purge=true', '?purge=true', '']]])(
    'of DELETEs %j at the same time nothing is left',
    async (queries) => {
      const race = await startRace();
      await race.inMidBackfill();
      const statuses = await Promise.all(queries.map((query) => race.disconnect(race.id, query)));
      // One that waited behind a purge finds nothing any more.
      for (const status of statuses) expect([200, 'not_found']).toContain(status);
      await race.expectNothing();
    },
  );

  test('a disconnect at the instant of the response stops a backfill that has only just begun', async () => {
    const race = await startRace();
    race.holdBackfills();
    await race.sendKey(race.simulator.keys.admin);
    expect(await race.disconnect(race.id, '?purge=true')).toBe(200);
    await race.expectNothing();
  });

  test('all changes at once, in any order, leave a complete integration or none', async () => {
    const race = await startRace();
    const { admin, second } = race.simulator.keys;
    race.simulator.knobs.latencyMs = 50;
    await race.sendKey(admin);
    await Promise.all([
      race.disconnect(race.id, '?purge=true'),
      race.sendKey(admin),
      race.disconnect(race.id),
      race.sendKey(second),
      race.disconnect(race.id, '?purge=true'),
    ]);
    race.simulator.knobs.latencyMs = 0;
    await race.untilQuiet();
    const [record] = await stack.warehouse.query({
      name: 'record',
      sql: 'SELECT status, credential_id FROM integration_records FINAL WHERE tenant_id = {tenantId: String}',
      params: { tenantId: race.tenantId },
      row: z.object({ status: z.string(), credential_id: z.string() }),
    });
    if (record?.status === 'connected') return race.expectConnected();
    expect([undefined, 'disconnected']).toContain(record?.status);
    expect([await race.scheduled(), await race.rowsOf('credentials')]).toEqual([false, 0]);
  });

  test('the same key again leaves its backfill alone; another key takes over from it', async () => {
    const race = await startRace();
    const { admin, second } = race.simulator.keys;
    await race.inMidBackfill();
    const first = await backfillOf(race, race.id);
    const { runId } = await first.describe();
    expect((await race.sendKey(admin)).status).toBe(201);
    expect(await (await backfillOf(race, race.id)).describe()).toMatchObject({ runId, status: { name: 'RUNNING' } });

    expect(await race.sendKey(second)).toMatchObject({ status: 201, body: { status: 'backfilling' } });
    expect(await race.isRunning(first.workflowId)).toBe(false);
    await race.expectConnected();
  });

  test('a key that was deleted before its turn takes over nothing', async () => {
    const race = await startRace();
    await race.inMidBackfill();
    const running = await backfillOf(race, race.id);
    await requestChange(race.temporal, race.key, activate, {
      tenant_id: race.tenantId,
      credential_id: 'deleted',
      organization: race.simulator.organization,
      today: TODAY,
      attempt_run_id: randomUUID(),
    });
    await until(async () => !(await race.isChanging()), 'its turn is over', 100);
    expect((await running.describe()).status.name).toBe('RUNNING');
    await race.expectConnected();
  });

  test('a sync that is requested during the backfill does not make the integration look connected', async () => {
    const race = await startRace();
    const { admin } = race.simulator.keys;
    race.holdBackfills(); // the backfill cannot end before it is terminated
    await race.sendKey(admin);
    await (await backfillOf(race, race.id)).terminate();
    race.releaseBackfills();
    const { body } = await race.api(`/v1/integrations/${race.id}/syncs`, { from: addDays(TODAY, -2), to: TODAY });
    await race.temporal.workflow.getHandle(String(body.workflow_id)).result();
    expect(await race.statusOf()).toBe('backfilling');
    // The key can be sent again.
    await race.sendKey(admin);
    await race.expectConnected();
  });

  test('an integration whose key is no longer stored says so, and continues with the next key', async () => {
    const race = await startRace();
    const { admin } = race.simulator.keys;
    await race.connect(admin);
    await race.untilQuiet();
    await race.warehouse.command(
      'lose the key',
      'ALTER TABLE credentials DELETE WHERE tenant_id = {tenantId: String}',
      {
        tenantId: race.tenantId,
      },
    );
    await race.api(`/v1/integrations/${race.id}/syncs`, { from: addDays(TODAY, -2), to: TODAY });
    const view = await race.untilStatus(race.id, 'action_required');
    expect(view).toMatchObject({ problem: { code: 'credential_missing' } });
    await race.untilQuiet();
    expect((await race.sendKey(admin)).status).toBe(201);
    await race.expectConnected();
    // Temporal says when, unless it takes longer than a reader waits.
    const next = async () => (await race.api(`/v1/integrations/${race.id}`)).body.next_sync_at;
    await until(async () => (await next()) !== null, 'the next sync is told', 250);
  });
});
