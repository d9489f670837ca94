import { expect, test } from 'vitest';
import { differenceEvent, limitEvent, troubleEvents, unknownEvent } from '#domain/alerts/integration-events.ts';
import type { IntegrationProblem } from '#domain/integration.ts';

const KEY = { tenant_id: 'acme', integration_id: 'openai-1' };
const NOW = Date.parse('2026-11-29T10:00:00Z');
const LAST_READ = Date.parse('2026-11-27T04:00:00Z');

function eventsOf(problem: IntegrationProblem, key_expires_at: string | null = null, last_read = LAST_READ) {
  return troubleEvents({ ...KEY, organization_name: 'Acme', problem, key_expires_at, last_read }, NOW);
}

test('a stopped sync says since when, why and what to do, once for each stop', () => {
  const [event] = eventsOf('key_rejected');
  expect(event?.facts).toMatchObject({
    title: 'Acme is not synced any more',
    text: expect.stringMatching(/^No costs were read since 27 November 2026\. OpenAI rejects the key.*Create a new/),
    day: '2026-11-27',
  });
  const ids = [
    event,
    ...eventsOf('key_rejected'),
    ...eventsOf('key_expired'),
    ...eventsOf('key_rejected', null, LAST_READ + 1),
  ].map((each) => each?.subject.alert_id);
  expect(ids[0]).toBe(ids[1]);
  expect(new Set(ids).size).toBe(3);
  for (const id of ids) expect(id).toMatch(/^[A-Za-z0-9-]{1,128}$/);
});

test.each([
  ['', '2026-12-03T00:00:00Z', ['key_expires']],
  ['', '2026-12-30T00:00:00Z', []],
  ['key_expired', '2026-11-28T00:00:00Z', ['sync_stopped']],
  ['network_refused', null, ['sync_stopped']],
  ['provider_unavailable', null, []],
] as const)('with %j and a key until %s, %o is told', (problem, expires, kinds) => {
  expect(eventsOf(problem, expires).map(({ subject }) => subject.kind)).toEqual(kinds);
});

test('days that do not add up say by how much, once a month', () => {
  const differing = {
    ...KEY,
    month: '2026-11-01',
    currency: 'usd',
    first_day: '2026-11-03',
    ours: '10',
    theirs: '12.5',
  };
  const one = differenceEvent({ ...differing, days: 1, last_day: '2026-11-03' });
  const more = differenceEvent({ ...differing, days: 2, last_day: '2026-11-09' });
  expect(one.facts.title).toBe('A day does not add up to OpenAI’s total');
  expect(more.facts.text).toContain('3 November 2026 to 9 November 2026, our facts add up to USD 10.00');
  expect(more.facts.text).toContain('a difference of USD -2.50');
  expect(more.subject).toMatchObject({ kind: 'reconciliation', from: '2026-11-03', to: '2026-11-10' });
  expect(more.subject.alert_id).toBe(one.subject.alert_id);
});

test('costs that are not understood are told with their share and what they are', () => {
  const about = { ...KEY, currency: 'usd', amount: '3', total: '200', line_items: ['new thing', 'other thing'] };
  const month = { from: '2026-11-01', to: '2026-12-01' };
  const { facts } = unknownEvent({ ...about, unclassified: '3' }, month);
  expect(facts).toMatchObject({
    title: '1.50 % of the costs are for line items that are not understood in full',
    text: expect.stringContaining('USD 3.00 of USD 200.00 in November 2026: new thing; other thing.'),
    ...{ amount: '200', spent: '3', filters: { token_type: ['other'] } },
  });
  // Where only a qualifier is unknown, it says that, and no filter has just these costs.
  const partly = unknownEvent({ ...about, unclassified: '1' }, month).facts;
  expect(partly.text).toContain('not known of USD 1.00, and of the rest a qualifier.');
  expect(partly.filters).not.toEqual({ token_type: ['other'] });
});

test('a limit is told once a month, when it is reached or expected to be', () => {
  const limit = {
    kind: 'hard_limit',
    project_id: 'proj_1',
    project_name: 'Shop',
    amount: '100.5',
    currency: 'usd',
  } as const;
  const month = { from: '2026-11-01', to: '2026-12-01' };
  const outlook = {
    earliest_on: null,
    latest_on: null,
    spent: '80',
    spent_percent: '79.60',
    forecast: null,
    summary: 'S.',
  };
  const eventsIn = (found: { is_reached: boolean; expected_on: string | null }) =>
    limitEvent(KEY, limit, { ...outlook, ...found }, month);
  expect(eventsIn({ is_reached: false, expected_on: null })).toEqual([]);
  const [[expected], [reached]] = [
    eventsIn({ is_reached: false, expected_on: '2026-11-28' }),
    eventsIn({ is_reached: true, expected_on: null }),
  ];
  expect(expected?.facts.title).toBe('OpenAI’s hard limit of Shop is within reach');
  expect(expected?.facts.text).toMatch(/^USD 80\.00 of USD 100\.50 are spent in November 2026\. S\. /);
  expect(reached?.facts.title).toBe('OpenAI’s hard limit of Shop is reached');
  expect(reached?.subject.alert_id).toBe(expected?.subject.alert_id);
  expect(reached?.subject.alert_id).toMatch(/^[A-Za-z0-9-]{1,128}$/);
});
