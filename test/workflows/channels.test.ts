import { Webhook } from 'standardwebhooks';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { raiseEvents } from '#activities/alerts/raise-events.ts';
import { createMailer } from '#activities/delivery/mailer.ts';
import { startDigests } from '#activities/delivery/start-digests.ts';
import { writeDelivery } from '#clickhouse/channels/deliveries.ts';
import { recordKeyExpiry, writeIntegration } from '#clickhouse/integrations/integrations.ts';
import { budgetAlertOf } from '#domain/budgets/alert.ts';
import { periodAround } from '#domain/budgets/budget.ts';
import { addDays, daysOf } from '#domain/day.ts';
import { raiseAlert } from '#workflows/contract/commands.ts';
import { raiseAlertId } from '#workflows/contract/ids.ts';
import { billed, costDay } from '../fixtures/cost-fixtures.ts';
import { integration } from '../fixtures/integration-fixture.ts';
import { writeCostDays } from '../fixtures/write-days.ts';
import { startMailServer } from '../support/mail-server.ts';
import { startReceiver } from '../support/receiver.ts';
import { type Stack, startStack } from '../support/stack.ts';
import { TODAY } from '../support/today.ts';

const SIGNING_SECRET = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';

type Receipt = { channel_id: string; outcome: string; status: number };
type Channel = { id: string; failing_since: string | null; last_outcome: string | null };
type Alert = { title: string; text: string; deliveries: Receipt[] };

let stack: Stack;
let receiver: Awaited<ReturnType<typeof startReceiver>>;
let slack: typeof receiver;
let mail: Awaited<ReturnType<typeof startMailServer>>;
let budget: { id: string; changed_at: string };
beforeAll(async () => {
  [receiver, slack, mail] = await Promise.all([startReceiver(), startReceiver(), startMailServer()]);
  stack = await startStack({
    impatient: true,
    mailer: createMailer(mail.url, 'Pump <pump@acme.test>'),
    secrets: [SIGNING_SECRET, 'hook-of-secret-path'],
  });
  const { body } = await stack.api<typeof budget>('/v1/budgets', { name: 'R&D', amount: '100' });
  budget = body;
  // Of costs that no sync brought, no alert is raised but those that a test raises.
  await stack.untilQuiet();
  const spent = { tenant_id: stack.tenantId, integration_id: 'spent' };
  await writeIntegration(stack.warehouse, integration({ ...spent, status: 'disconnected', history_from: TODAY }));
  await writeCostDays(stack.warehouse, { ...spent, version: Date.now() }, [
    costDay(TODAY, [billed('gpt-5, input', '150', '1')], '150'),
  ]);
});
afterAll(async () => {
  await stack.stop();
  await Promise.all([receiver.close(), slack.close(), mail.close()]);
});

async function createChannel(body: object): Promise<string> {
  const { status, body: created } = await stack.api<Channel>('/v1/channels', { name: 'Ops', ...body });
  expect([status, created]).toMatchObject([201, { failing_since: null, last_outcome: null }]);
  return created.id;
}
const channels = async () => (await stack.api<{ data: Channel[] }>('/v1/channels')).body.data;

/** Raises the alert of a threshold, and returns its id. */
async function raise(percent: number, is_quiet = false): Promise<string> {
  const { id: budget_id, changed_at } = budget;
  const about = { budget_id, revision: Date.parse(changed_at) };
  const subject = budgetAlertOf(about, periodAround(TODAY, 'month'), { of: 'actual', percent });
  await raiseAlert(stack.temporal, { tenant_id: stack.tenantId, is_quiet, ...subject });
  return subject.alert_id;
}
const readAlert = async (id: string) => (await stack.api<Alert>(`/v1/alerts/${id}`)).body;
/** What has come of an alert: the outcomes at each channel, each of them once, however often it was tried. */
async function outcomes(id: string): Promise<string[]> {
  const receipts = (await readAlert(id)).deliveries.map(({ channel_id, outcome }) => `${outcome} ${channel_id}`);
  return [...new Set(receipts)].map((receipt) => receipt.split(' ')[0] ?? '').sort();
}
/** Waits until the chat and the mail server have an alert, by its receipts, and the webhook has refused it. */
const untilWebhookAloneIsLeft = (id: string) =>
  expect.poll(() => outcomes(id)).toEqual(['delivered', 'delivered', 'refused']);

test('an alert reaches every channel that wants it, once; a receiver that is down holds up no other', async () => {
  receiver.status = 503;
  const webhook = await createChannel({ kind: 'webhook', url: receiver.url, signing_secret: SIGNING_SECRET });
  const chat = await createChannel({ kind: 'slack', url: slack.url });
  const email = await createChannel({ kind: 'email', recipients: ['ada@acme.test', 'max@acme.test'] });
  await createChannel({ kind: 'email', recipients: ['none@acme.test'], alert_kinds: ['anomaly'] });
  await createChannel({ kind: 'email', recipients: ['none@acme.test'], budget_ids: ['budget-of-others'] });
  await createChannel({ kind: 'email', recipients: ['none@acme.test'], filters: { project_id: ['of-others'] } });
  await createChannel({ kind: 'email', recipients: ['none@acme.test'], alert_kinds: ['none'], digests: ['monthly'] });

  const id = await raise(50);
  await expect
    .poll(() => [receiver.received.length > 1, slack.received.length, mail.mails.length])
    .toEqual([true, 1, 1]);
  const failing = (await channels()).find((each) => each.id === webhook);
  expect(failing).toMatchObject({ last_outcome: 'refused', last_status: 503, last_delivered_at: null });
  expect(failing?.failing_since).not.toBeNull();

  receiver.status = 200;
  await stack.untilQuiet();
  const alert = await readAlert(id);
  const outcomesOf = (channel: string) =>
    alert.deliveries.filter(({ channel_id }) => channel_id === channel).map(({ outcome }) => outcome);
  expect(outcomesOf(chat)).toEqual(['delivered']);
  expect(outcomesOf(email)).toEqual(['delivered']);
  expect(outcomesOf(webhook).slice(-2)).toEqual(['refused', 'delivered']);
  expect(new Set(alert.deliveries.map(({ channel_id }) => channel_id)).size).toBe(3);
  expect((await channels()).find((each) => each.id === webhook)).toMatchObject({ failing_since: null });

  // Receivers that hang hold up no sync: what else waits for a worker goes first.
  const alertId = raiseAlertId({ tenant_id: stack.tenantId, alert_id: id });
  const { events } = await stack.temporal.workflow.getHandle(alertId).fetchHistory();
  const scheduled = (events ?? []).map((event) => event.activityTaskScheduledEventAttributes);
  expect(scheduled.filter((each) => each?.activityType?.name === 'deliver')).toMatchObject(
    Array.from({ length: 3 }, () => ({ priority: { priorityKey: 4 } })),
  );

  // Every attempt has the same id, and the last one a signature that the published library accepts.
  const last = receiver.received.at(-1);
  expect(new Set(receiver.received.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
  const payload = new Webhook(SIGNING_SECRET).verify(last?.body ?? '', last?.headers as Record<string, string>);
  expect(payload).toMatchObject({ type: 'alert.raised', data: { id, kind: 'budget', budget: { name: 'R&D' } } });
  expect(() => new Webhook(SIGNING_SECRET).verify(`${last?.body} `, last?.headers as Record<string, string>)).toThrow();
  expect(JSON.parse(slack.received[0]?.body ?? '')).toMatchObject({ text: 'R&amp;D: 50 % of the budget is spent' });
  expect(mail.mails[0]).toMatch(/To: ada@acme\.test, max@acme\.test/);
  expect(mail.mails[0]).toMatch(/Subject: =?.*R&D: 50 % of the budget is spent/);
  expect(mail.mails[0]).toMatch(/Content-Type: multipart\/alternative/);
});

test('what a receiver refused for good is shown, and sent again once it is back, each once and in order', async () => {
  const [down, first, second] = [await startReceiver(), 51, 52];
  const id = await createChannel({ kind: 'webhook', url: down.url, signing_secret: SIGNING_SECRET });
  const channel = async () => (await stack.api<Channel>(`/v1/channels/${id}`)).body;
  const resend = async () => {
    const { status, body } = await stack.api(`/v1/channels/${id}/deliveries`, undefined, 'POST');
    return [status, body];
  };
  expect(await channel()).toMatchObject({ undelivered: 0, failing_since: null });
  down.status = 410;
  const ids: string[] = [];
  for (const percent of [first, second]) {
    ids.push(await raise(percent));
    await stack.untilQuiet();
  }
  expect(await channel()).toMatchObject({ undelivered: 2, last_status: 410 });
  expect(await resend()).toEqual([201, { sent: 0, left: 2, failure: { outcome: 'refused', status: 410 } }]);
  // It is there, and refuses each of them.
  down.received.length = 0;
  down.status = 422;
  expect(await resend()).toEqual([201, { sent: 0, left: 2, failure: { outcome: 'refused', status: 422 } }]);
  expect(down.received.map(({ body }) => JSON.parse(body).data.id)).toEqual(ids);
  const attempts = down.received.map(({ headers }) => headers['webhook-id']);
  down.received.length = 0;
  down.status = 200;
  expect(await Promise.all([resend(), resend()])).toContainEqual([201, { sent: 2, left: 0, failure: null }]);
  expect(await resend()).toEqual([201, { sent: 0, left: 0, failure: null }]);
  expect(down.received.map(({ body }) => JSON.parse(body).data.id)).toEqual(ids);
  expect(new Set([...attempts, ...down.received.map(({ headers }) => headers['webhook-id'])]).size).toBe(2);
  expect(await channel()).toMatchObject({ undelivered: 0, failing_since: null });
  expect((await stack.api('/v1/channels/none/deliveries', undefined, 'POST')).status).toBe(404);
  await stack.api(`/v1/channels/${id}`, undefined, 'DELETE');
  await down.close();
});

test('a quiet alert is recorded, and not delivered', async () => {
  const before = [receiver.received.length, slack.received.length, mail.mails.length];
  const id = await raise(80, true);
  await stack.untilQuiet();
  expect((await readAlert(id)).deliveries).toEqual([]);
  expect([receiver.received.length, slack.received.length, mail.mails.length]).toEqual(before);
});

test('an alert that an operator cancels while a receiver is down ends as cancelled, not as done', async () => {
  receiver.status = 503;
  const id = await raise(60);
  const handle = stack.temporal.workflow.getHandle(raiseAlertId({ tenant_id: stack.tenantId, alert_id: id }));
  await untilWebhookAloneIsLeft(id);
  await handle.cancel();
  await stack.untilQuiet();
  expect((await handle.describe()).status.name).toBe('CANCELLED');
  receiver.status = 200;
});

test('an alert that an operator terminates after its record is delivered to those who have not got it', async () => {
  const { warehouse, temporal, tenantId: tenant_id } = stack;
  [mail.mails.length, slack.received.length, receiver.received.length] = [0, 0, 0];
  receiver.status = 503;
  const alert_id = await raise(70);
  const sent = () => [mail.mails.length, slack.received.length];
  await untilWebhookAloneIsLeft(alert_id);
  expect(sent()).toEqual([1, 1]);
  await stack.temporal.workflow.getHandle(raiseAlertId({ tenant_id, alert_id })).terminate();
  receiver.status = 200;
  const isDelivered = async () => {
    await raiseEvents({ warehouse, temporal }, { daily: false });
    return (await outcomes(alert_id)).filter((outcome) => outcome === 'delivered').length;
  };
  await expect.poll(isDelivered).toBe(3);
  await stack.untilQuiet();
  expect(await isDelivered()).toBe(3);
  expect(sent()).toEqual([1, 1]);
  expect(new Set(receiver.received.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
});

test('an alert that was terminated, taken up and then cancelled stays cancelled', async () => {
  const { warehouse, temporal, tenantId: tenant_id } = stack;
  receiver.status = 503;
  const alert_id = await raise(65);
  const handle = temporal.workflow.getHandle(raiseAlertId({ tenant_id, alert_id }));
  const status = async () => (await handle.describe()).status.name;
  await untilWebhookAloneIsLeft(alert_id);
  await handle.terminate();
  const takeUp = async () => {
    await raiseEvents({ warehouse, temporal }, { daily: false });
    return status();
  };
  await expect.poll(takeUp).toBe('RUNNING');
  await handle.cancel();
  await stack.untilQuiet();
  expect(await takeUp()).toBe('CANCELLED');
  receiver.status = 200;
});

test('a test of a channel responds with its receipt', async () => {
  const testOf = async (body: object) => {
    const id = await createChannel(body);
    const { status, body: receipt } = await stack.api<Receipt>(`/v1/channels/${id}/tests`, undefined, 'POST');
    return [status, receipt.outcome, receipt.status];
  };
  expect(await testOf({ kind: 'slack', url: slack.url })).toEqual([201, 'delivered', 200]);
  slack.status = 302;
  expect(await testOf({ kind: 'slack', url: slack.url })).toEqual([201, 'redirected', 302]);
  expect(await testOf({ kind: 'email', recipients: ['ada@acme.test'] })).toEqual([201, 'delivered', 250]);
  expect(await testOf({ kind: 'email', recipients: ['refused@acme.test'] })).toEqual([201, 'refused', 550]);
  expect((await stack.api('/v1/channels/none/tests', undefined, 'POST')).status).toBe(404);
});

test('an update keeps the secrets that it does not name; a deleted channel gets nothing', async () => {
  const url = `/v1/channels/${await createChannel({ kind: 'slack', url: slack.url })}`;
  const { body: before } = await stack.api(url);
  const renamed = await stack.api(url, { name: 'Renamed', recipients: before.recipients }, 'PUT');
  expect(renamed).toMatchObject({
    status: 200,
    body: { ...before, name: 'Renamed', last_delivered_at: null, last_outcome: null, last_status: null },
  });
  expect((await stack.api<Receipt>(`${url}/tests`, undefined, 'POST')).body.outcome).not.toBe('secret_unreadable');
  for (const channel of await channels()) await stack.api(`/v1/channels/${channel.id}`, undefined, 'DELETE');
  expect(await channels()).toEqual([]);
  const left = await stack.warehouse.query({
    name: 'destinations of deleted channels',
    sql: 'SELECT host, recipients FROM channels FINAL WHERE tenant_id = {tenant_id: String} AND is_deleted',
    params: { tenant_id: stack.tenantId },
    row: z.object({ host: z.string(), recipients: z.array(z.string()) }),
  });
  expect(left.filter(({ host, recipients }) => host !== '' || recipients.length > 0)).toEqual([]);
  const received = [receiver.received.length, slack.received.length, mail.mails.length];
  expect((await readAlert(await raise(100))).deliveries ?? []).toEqual([]);
  await stack.untilQuiet();
  expect([receiver.received.length, slack.received.length, mail.mails.length]).toEqual(received);
});

test('what is wrong with integrations is told once, however often it is found', async () => {
  const { tenantId: tenant_id, warehouse, temporal } = stack;
  const of = (integration_id: string) => ({ tenant_id, integration_id });
  const expires = `${addDays(TODAY, 3)}T00:00:00Z`;
  await writeIntegration(
    warehouse,
    integration({ ...of('stopped'), status: 'action_required', problem: 'key_rejected' }),
  );
  await writeIntegration(warehouse, integration(of('expiring')));
  await recordKeyExpiry(warehouse, { ...of('expiring'), credential_id: 'c', expires_at: expires });
  await writeIntegration(warehouse, integration({ ...of('wrong') }));
  await writeIntegration(warehouse, integration({ ...of('silent') }));
  // Connected again, its days are being read.
  await writeIntegration(warehouse, integration({ ...of('backfilling'), status: 'backfilling' }));
  // A credit hides nothing that is not understood; days that were read today are not late.
  const [wrong, known] = [billed('a thing that is new', '3'), billed('gpt-5, input', '3', '1')];
  const yesterday = costDay(addDays(TODAY, -1), [known], '3');
  const dearer = billed('some other thing that is new', '5');
  const first = costDay(addDays(TODAY, -10), [wrong, dearer, known, billed('service credit', '-9')], '5');
  const version = Date.now();
  await writeCostDays(warehouse, { ...of('wrong'), version }, [first, yesterday, costDay(TODAY, [known], '3')]);
  await writeCostDays(warehouse, { ...of('expiring'), version }, [yesterday]);

  const limits = {
    kind: ['hard_limit'],
    limit_id: [''],
    project_id: [''],
    amount: ['2'],
    currency: ['usd'],
    interval: ['month'],
  };
  const columns = Object.fromEntries(Object.entries(limits).map(([name, values]) => [`limits.${name}`, values]));
  const limit = {
    ...of('wrong'),
    day: TODAY,
    version: Date.now(),
    is_readable: true,
    ...columns,
    'limits.is_enforcing': [false],
  };
  await warehouse.insert('limit_days', [limit]);

  const find = () => raiseEvents({ warehouse, temporal }, { daily: true });
  await Promise.all([find(), find()]);
  await stack.untilQuiet();
  expect(await find()).toBe(0);
  const { data } = (await stack.api<{ data: { kind: string; integration_id: string; text: string }[] }>('/v1/alerts'))
    .body;
  const events = data.filter(({ kind }) => kind !== 'budget');
  expect(events.map(({ kind, integration_id }) => [kind, integration_id]).sort()).toEqual([
    ['key_expires', 'expiring'],
    ['limit', 'wrong'],
    ['reconciliation', 'wrong'],
    ['sync_stopped', 'silent'],
    ['sync_stopped', 'stopped'],
    ['unknown_line_items', 'wrong'],
  ]);
  for (const { text } of events) expect(text).not.toBe('');
  const unknown = events.find(({ kind }) => kind === 'unknown_line_items');
  expect(unknown?.text).toContain('some other thing that is new; a thing that is new');

  // What is over is told in the history, once, and so is that it is not.
  type Standing = { kind: string; integration_id: string; is_below: boolean; history: { event: string }[] };
  const standing = async (kind = 'sync_stopped', integration_id = 'silent') => {
    const { data: alerts } = (await stack.api<{ data: Standing[] }>(`/v1/alerts?kind=${kind}`)).body;
    const { is_below, history } = alerts.find((each) => each.integration_id === integration_id) as Standing;
    return [is_below, ...history.map(({ event }) => event)];
  };
  expect(await standing()).toEqual([false, 'raised']);
  await writeIntegration(warehouse, integration({ ...of('silent'), status: 'disconnected' }));
  for (const _ of [1, 2]) await find();
  expect(await standing()).toEqual([true, 'raised', 'ended']);
  await writeIntegration(warehouse, integration({ ...of('silent') }));
  for (const _ of [1, 2]) await find();
  expect(await standing()).toEqual([false, 'raised', 'ended', 'rose_again']);
  // What was read meanwhile, and is late still, is no second standstill.
  await writeIntegration(warehouse, integration({ ...of('silent'), connected_at: '2026-01-05T00:00:00Z' }));
  expect(await find()).toBe(0);
  expect(await standing()).toEqual([false, 'raised', 'ended', 'rose_again']);

  // Of limits that could not be read, nothing is known.
  const none = { ...of('wrong'), day: TODAY, version: limit.version + 1 };
  await warehouse.insert('limit_days', [{ ...none, is_readable: false }]);
  await find();
  expect(await standing('limit', 'wrong')).toEqual([false, 'raised']);
  await warehouse.insert('limit_days', [{ ...none, version: limit.version + 2, is_readable: true }]);
  await find();
  expect(await standing('limit', 'wrong')).toEqual([true, 'raised', 'ended']);
});

test('a digest of real costs arrives once at each channel that wants it', async () => {
  const { tenantId: tenant_id, warehouse, temporal } = stack;
  const key = { tenant_id, integration_id: 'wrong' };
  const week = { from: '2026-03-02', to: '2026-03-16' };
  const ofTeam = billed('gpt-5, output', '1', '1', 'tokens', { project_id: 'proj_team' });
  const days = daysOf(week).map((day) =>
    costDay(day, day < '2026-03-09' ? [billed('gpt-5, input', '1')] : [billed('gpt-5, input', '2'), ofTeam], '3'),
  );
  await writeCostDays(warehouse, { ...key, version: Date.parse('2026-03-16T04:00:00Z') }, days);
  await createChannel({ kind: 'email', recipients: ['digest@acme.test'], digests: ['weekly'] });
  const team = await createChannel({
    ...{ kind: 'slack', url: slack.url, name: 'Team', digests: ['weekly'] },
    filters: { integration_id: ['wrong'], project_id: ['proj_team'] },
  });
  const channel = await createChannel({
    kind: 'webhook',
    url: receiver.url,
    signing_secret: SIGNING_SECRET,
    digests: ['weekly', 'monthly'],
  });
  [mail.mails.length, receiver.received.length, slack.received.length, slack.status] = [0, 0, 0, 200];
  const start = (now: string) => startDigests({ warehouse, temporal }, { now: Date.parse(now) });
  await start('2026-03-16T07:00:00Z'); // other organizations of the tenant were not read
  await stack.untilQuiet();
  expect([mail.mails.length, receiver.received.length]).toEqual([0, 0]);
  for (const _ of [1, 2]) await start('2026-03-17T00:00:00Z');
  await stack.untilQuiet();
  expect([mail.mails.length, receiver.received.length]).toEqual([1, 1]);
  // A channel that selects costs gets the digest of these, and waits for no other organization's days.
  const [ofChannel] = slack.received.map(({ body }) => body).filter((body) => body.includes('Team: costs of 9 March'));
  expect(JSON.parse(ofChannel ?? '')).toMatchObject({ text: 'Team: costs of 9 March 2026 to 15 March 2026: USD 7.00' });
  expect(ofChannel).not.toContain('R&D');
  expect((await stack.api<Channel>(`/v1/channels/${team}`)).body).toMatchObject({ last_outcome: 'delivered' });
  // What has a receipt is not sent again, whether Temporal remembers it or not: it has never heard of this one.
  const forgotten = { tenant_id, channel_id: channel, message_id: 'digest-weekly-2026-03-16' };
  await writeDelivery(warehouse, forgotten, Date.now(), { outcome: 'delivered', status: 200 });
  await start('2026-03-24T01:00:00Z');
  await stack.untilQuiet();
  expect([mail.mails.length, receiver.received.length]).toEqual([2, 1]);
  const { type, data } = JSON.parse(receiver.received[0]?.body ?? '');
  expect([type, data]).toMatchObject([
    'digest',
    {
      ...{ digest: 'weekly', from: '2026-03-09', to: '2026-03-16', differing_days: 0 },
      totals: [{ currency: 'usd', amount: '21', previous_amount: '7' }],
      why: 'Most is for gpt-5, input (USD 14.00); gpt-5, output in proj_team (USD 7.00).', // of other organizations, days are missing
      budgets: [{ name: 'R&D', from: '2026-03-01', to: '2026-04-01', is_over: true, spent_percent: '28.00' }],
      url: 'https://pump.test/?range=2026-03-09..2026-03-15',
    },
  ]);
  expect((await stack.api<Channel>(`/v1/channels/${channel}`)).body.last_outcome).toBe('delivered');
});

test.each([
  ['a webhook without a URL', { kind: 'webhook', signing_secret: SIGNING_SECRET }, '/url'],
  ['a webhook without a secret', { kind: 'webhook', url: 'https://acme.test' }, '/signing_secret'],
  [
    'a secret that is short',
    { kind: 'webhook', url: 'https://acme.test', signing_secret: 'whsec_abcd' },
    '/signing_secret',
  ],
  ['a URL that is none', { kind: 'slack', url: 'acme' }, '/url'],
  ['a password in the URL', { kind: 'slack', url: 'https://a:b@acme.test' }, '/url'],
  ['none beside a kind', { kind: 'slack', url: 'https://acme.test', alert_kinds: ['none', 'budget'] }, '/alert_kinds'],
  ['e-mail without an address', { kind: 'email' }, '/recipients'],
  ['an address that is none', { kind: 'email', recipients: ['acme'] }, '/recipients/0'],
  ['e-mail with a URL', { kind: 'email', recipients: ['a@acme.test'], url: 'https://acme.test' }, '/url'],
  ['Slack with recipients', { kind: 'slack', url: 'https://acme.test', recipients: ['a@acme.test'] }, '/recipients'],
])('%s is refused', async (_, given, pointer) => {
  const { status, body } = await stack.api('/v1/channels', { name: 'wrong', ...given });
  expect([status, body.errors]).toMatchObject([400, [{ pointer }]]);
  expect(JSON.stringify(body)).not.toContain('whsec_abcd');
});
