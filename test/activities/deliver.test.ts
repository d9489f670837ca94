import { MockActivityEnvironment } from '@temporalio/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { deliver, type Resend, resend } from '#activities/delivery/deliver.ts';
import { type Kept, keepReceipt } from '#activities/delivery/keep-receipt.ts';
import { listMissed } from '#activities/delivery/list-missed.ts';
import { createMailer } from '#activities/delivery/mailer.ts';
import { sendEmail } from '#activities/delivery/send-email.ts';
import { sendSlack } from '#activities/delivery/send-slack.ts';
import { writeAlertEvent } from '#clickhouse/alerts/write-alert-event.ts';
import { writeChannel } from '#clickhouse/channels/channels.ts';
import { countFailingChannels, listDeliveries } from '#clickhouse/channels/deliveries.ts';
import { WarehouseError } from '#clickhouse/client/warehouse-error.ts';
import { SealingError } from '#credentials/sealing.ts';
import type { Channel } from '#domain/channels/channel.ts';
import type { Send } from '#domain/channels/send.ts';
import { channelOf, raisedAlert } from '../fixtures/channel-fixtures.ts';
import { createDatabase, type Database } from '../support/database.ts';
import { startMailServer } from '../support/mail-server.ts';

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
const toDeliver = { tenant_id: 'tenant', message: { of: 'alert', id: 'alert' } } as const;

let noted: unknown;
/** Delivers the alert as a worker does. */
async function attemptBy(
  send: Send,
  { attempt = 1, channel = channelOf({}) as Channel, heartbeatDetails = undefined as unknown } = {},
): Promise<Kept | null> {
  await writeChannel(database.warehouse, 'tenant', channel);
  const context = { warehouse: database.warehouse, opener, send, pageUrl: undefined };
  const environment = new MockActivityEnvironment({ attempt, heartbeatDetails });
  environment.on('heartbeat', (position: unknown) => {
    noted = position;
  });
  return environment.run(deliver, context, { ...toDeliver, channel_id: channel.channel_id }) as Promise<Kept | null>;
}

/** Sends again what a channel has not got, as a worker does. */
function resendBy(send: Send, channel_id: string, warehouse = database.warehouse): Promise<Resend | null> {
  const context = { warehouse, opener, send, pageUrl: undefined };
  return new MockActivityEnvironment().run(resend, context, { ...toDeliver, channel_id }) as Promise<Resend | null>;
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
  await warehouse.command('name it back', 'RENAME TABLE away TO deliveries');
  for (const _ of [1, 2]) if (unkept) await keepReceipt({ warehouse }, unkept);
  expect(await listDeliveries(warehouse, 'tenant', 'alert')).toMatchObject([
    { outcome: 'refused' },
    { outcome: 'refused' },
    { outcome: 'delivered', status: 200 },
  ]);
  expect(await attemptBy(delivered)).toBeNull();
});

test('what was sent again by request meanwhile is not tried any more', async () => {
  let sent = 0;
  const send: Send = async () => {
    sent += 1;
    return { outcome: 'delivered', status: 200 };
  };
  const key = { tenant_id: 'tenant', channel_id: 'channel', message_id: 'alert' };
  await keepReceipt(database, { ...key, attempted_at: Date.now(), outcome: 'delivered', status: 200 });
  expect(await attemptBy(send, { attempt: 2 })).toBeNull();
  expect(sent).toBe(0);
});

test('what is sent again is not sent to whom it reached meanwhile, and its receipt is not lost', async () => {
  const warehouse = {
    ...database.warehouse,
    insert: () => Promise.reject(new WarehouseError('A disk is full.', '243', 'query')),
  };
  const outcomes = ['refused', 'delivered'] as const;
  let sent = 0;
  const send: Send = async () => ({ outcome: outcomes[sent++] ?? 'unreachable', status: 422 });
  await writeChannel(database.warehouse, 'tenant', channelOf({ channel_id: 'again' }));
  const again = () => resendBy(send, 'again', warehouse);
  expect(await again()).toMatchObject({ receipt: { outcome: 'refused', status: 422 }, othersMayArrive: false });
  const done = await again();
  expect(done).toMatchObject({ receipt: { outcome: 'delivered' }, unkept: { outcome: 'delivered' } });
  if (done?.unkept) await keepReceipt(database, done.unkept);
  expect([await again(), sent]).toEqual([null, 2]);
});

test('an e-mail that one of two refused is not delivered, and sent again to that one alone', async () => {
  const mail = await startMailServer();
  const mailer = createMailer(mail.url, 'Pump <pump@acme.test>');
  const send: Send = (_, target, message) => sendEmail(mailer, target, message);
  const channel = channelOf({ channel_id: 'mail', recipients: ['ada@acme.test', 'busy-refused@acme.test'] });
  mail.refusal = 451;
  await expect(attemptBy(send, { channel })).rejects.toMatchObject({ message: 'refused 451', nonRetryable: false });
  mail.refusal = 550;
  await expect(attemptBy(send, { channel, attempt: 2, heartbeatDetails: noted })).rejects.toMatchObject({
    ...{ message: 'refused 550', nonRetryable: true },
  });
  expect(mail.mails.length).toBe(1);
  expect(JSON.stringify(noted)).not.toContain('acme');
  // Days later, nothing but the receipts says who has it.
  const again = () => resendBy(send, 'mail');
  expect(await again()).toMatchObject({ receipt: { outcome: 'refused', status: 550 }, othersMayArrive: true });
  expect(mail.mails.length).toBe(1);
  await writeChannel(database.warehouse, 'tenant', { ...channel, recipients: ['ada@acme.test', 'max@acme.test'] });
  expect(await again()).toMatchObject({ receipt: { outcome: 'delivered', status: 250 } });
  expect(mail.mails.map((text) => /^To: (.*)\r$/m.exec(text)?.[1])).toEqual([
    'ada@acme.test, busy-refused@acme.test',
    'max@acme.test',
  ]);
  expect([await again(), mail.mails.length]).toEqual([null, 2]);
  await mail.close();
});

test('an e-mail whose refused address was taken out of the channel is delivered', async () => {
  const mail = await startMailServer();
  const mailer = createMailer(mail.url, 'Pump <pump@acme.test>');
  const send: Send = (_, target, message) => sendEmail(mailer, target, message);
  const channel = channelOf({ channel_id: 'shorter', recipients: ['ada@acme.test', 'refused@acme.test'] });
  await expect(attemptBy(send, { channel })).rejects.toMatchObject({ message: 'refused 550' });
  await writeChannel(database.warehouse, 'tenant', { ...channel, recipients: ['ada@acme.test'] });
  expect(await resendBy(send, 'shorter')).toMatchObject({ receipt: { outcome: 'delivered' } });
  expect(mail.mails.length).toBe(1);
  await mail.close();
});

test('what Slack refuses for good is not sent again', async () => {
  const slack =
    (status: number): Send =>
    async (_, target, message) =>
      sendSlack(async () => ({ outcome: 'refused', status }), target, message);
  await expect(attemptBy(slack(404))).rejects.toMatchObject({ nonRetryable: true });
  await expect(attemptBy(slack(429))).rejects.toMatchObject({ nonRetryable: false });
  await expect(attemptBy(slack(503))).rejects.toMatchObject({ nonRetryable: false });
});

test('a mail server elsewhere that offers no TLS gets nothing, unless the URL waives TLS', async () => {
  const mail = await startMailServer();
  const elsewhere = mail.url.replace('127.0.0.1', '0.0.0.0'); // Linux connects it to this machine, too
  const content = { id: 'id', to: ['ada@acme.test'], subject: 's', text: 't', html: 'h' };
  const outcomeOf = async (url: string) => (await createMailer(url, 'pump@acme.test')(content)).outcome;
  expect(await outcomeOf(elsewhere)).not.toBe('delivered');
  expect(mail.mails).toEqual([]);
  expect(await outcomeOf(`${elsewhere}?ignoreTLS=true`)).toBe('delivered');
  await mail.close();
});

test('a channel that has failed for a day is counted, until nothing was sent to it for a week', async () => {
  const { warehouse } = database;
  const daysAgo = (days: number) => Date.now() - days * 86_400_000;
  for (const [channel_id, days] of [
    ['wrong', 2],
    ['forgotten', 8],
    ['young', 0.5],
  ] as const) {
    await writeChannel(warehouse, 'counted', channelOf({ channel_id }));
    const key = { tenant_id: 'counted', channel_id, message_id: 'alert' };
    await keepReceipt({ warehouse }, { ...key, attempted_at: daysAgo(days), outcome: 'unreachable', status: 0 });
  }
  expect(await countFailingChannels(warehouse)).toBe(1);
});

test('of more than is sent again at once, all is counted', async () => {
  const { warehouse } = database;
  const key = { tenant_id: 'many', channel_id: 'channel' };
  const receipts = Array.from({ length: 101 }, (_, i) => ({
    ...{ ...key, message_id: `digest-${i}`, version: Date.now() + i, outcome: 'unreachable', status: 0 },
  }));
  await warehouse.insert('deliveries', receipts);
  const { missed, messages } = await listMissed(database, key);
  expect([missed, messages.length, messages.at(0)?.id, messages.at(-1)?.id]).toEqual([
    ...[101, 100, 'digest-0', 'digest-99'],
  ]);
});
