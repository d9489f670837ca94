import { MockActivityEnvironment } from '@temporalio/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { deliver } from '#activities/delivery/deliver.ts';
import { type Kept, keepReceipt } from '#activities/delivery/keep-receipt.ts';
import { writeAlertEvent } from '#clickhouse/alerts/write-alert-event.ts';
import { writeChannel } from '#clickhouse/channels/channels.ts';
import { listDeliveries } from '#clickhouse/channels/deliveries.ts';
import { SealingError } from '#credentials/sealing.ts';
import type { Channel } from '#domain/channels/channel.ts';
import type { Send } from '#domain/channels/send.ts';
import { channelOf, raisedAlert } from '../fixtures/channel-fixtures.ts';
import { createDatabase, type Database } from '../support/database.ts';

let database: Database;
beforeAll(async () => {
  database = await createDatabase();
  await writeAlertEvent(database.warehouse, 'tenant', raisedAlert({}));
});
afterAll(() => database.drop());

const opener = {
  keyIds: new Set<string>(),
  open: () => Promise.reject(new SealingError('none')),
};
const toDeliver = { tenant_id: 'tenant', channel_id: 'channel', message: { of: 'alert', id: 'alert' } } as const;

/** Delivers the alert as a worker does. */
async function attemptBy(send: Send, { attempt = 1, channel = channelOf({}) as Channel } = {}): Promise<Kept | null> {
  await writeChannel(database.warehouse, 'tenant', channel);
  const context = { warehouse: database.warehouse, opener, send, pageUrl: undefined };
  return new MockActivityEnvironment({ attempt }).run(deliver, context, toDeliver) as Promise<Kept | null>;
}

test('a receiver that asks for little time is given the usual time, and more where it asks for it', async () => {
  const asking = (retryAfterMs: number) => async () => ({ outcome: 'refused', status: 503, retryAfterMs }) as const;
  const failure = { type: 'not_delivered', message: 'refused 503', nonRetryable: false };
  await expect(attemptBy(asking(1_000), { attempt: 11 })).rejects.toMatchObject({
    ...failure,
    nextRetryDelay: 1_024_000,
  });
  await expect(attemptBy(asking(30_000))).rejects.toMatchObject({ ...failure, nextRetryDelay: 30_000 });
});

test('what is delivered is not delivered again because its receipt could not be kept', async () => {
  const { warehouse } = database;
  const delivered: Send = async () => ({ outcome: 'delivered', status: 200 });
  await warehouse.command('break', 'RENAME TABLE deliveries TO away');
  const unkept = await attemptBy(delivered);
  expect(unkept).toMatchObject({ channel_id: 'channel', message_id: 'alert', outcome: 'delivered', status: 200 });
  await warehouse.command('mend', 'RENAME TABLE away TO deliveries');
  for (const _ of [1, 2]) if (unkept) await keepReceipt({ warehouse }, unkept);
  expect(await listDeliveries(warehouse, 'tenant', 'alert')).toMatchObject([
    { outcome: 'refused' },
    { outcome: 'refused' },
    { outcome: 'delivered', status: 200 },
  ]);
  expect(await attemptBy(delivered)).toBeNull();
});
