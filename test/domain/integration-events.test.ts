import { expect, test } from 'vitest';
import type { AlertEvent } from '#domain/alerts/alert.ts';
import { eventsDay, lateFrom } from '#domain/alerts/daily-events.ts';
import {
  differenceEvent,
  type IntegrationEvent,
  troubleEvents,
  unknownEvent,
} from '#domain/alerts/integration-events.ts';
import { limitEvents } from '#domain/alerts/limit-events.ts';
import { decideEnds, goOn } from '#domain/alerts/standing.ts';
import type { IntegrationProblem } from '#domain/integration.ts';

const KEY = { tenant_id: 'acme', integration_id: 'openai-1' };
const NOW = Date.parse('2026-11-29T10:00:00Z');
const LAST_READ = Date.parse('2026-11-27T04:00:00Z');

function eventsOf(
  problem: IntegrationProblem,
  key_expires_at: string | null = null,
  { last_read = LAST_READ, read_until = Date.parse('2026-11-28'), late = 1, connected = 1 } = {},
) {
  const read = { last_read, read_until, late, connected };
  return troubleEvents({ ...KEY, organization_name: 'Acme', problem, key_expires_at, ...read }, NOW);
}

const standingAs =
  (standing: AlertEvent) =>
  ({ tenant_id, subject: { alert_id } }: IntegrationEvent) => ({ tenant_id, alert_id, standing });

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
    ...eventsOf('key_rejected', null, { last_read: LAST_READ + 1 }),
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

test.each([
  ['2026-11-29T06:59:00Z', '2026-11-26T07:00:00Z'],
  ['2026-11-29T07:00:00Z', '2026-11-27T07:00:00Z'],
  ['2026-11-29T23:59:00Z', '2026-11-27T07:00:00Z'],
])('what is late changes once a day, after the daily syncs: at %s, what is not read up to %s', (now, from) => {
  expect(new Date(lateFrom(Date.parse(now)))).toEqual(new Date(from));
});

test('costs that are not read for two days are told, whatever the reason, once for each time', () => {
  const late = { read_until: Date.parse('2026-11-27') };
  expect(eventsOf('', null, { read_until: Date.parse('2026-11-28') })).toEqual([]);
  const [event] = eventsOf('', null, late);
  expect(event).toMatchObject({
    subject: { kind: 'sync_stopped', from: '2026-11-27' },
    facts: {
      title: 'Acme gets no new costs',
      // Whose fault it is, is not known: the workers may have been down.
      text: 'The costs from 27 November 2026 on were not read yet. Nothing is lost: the next sync that succeeds reads what is missing.',
    },
  });
  expect(eventsOf('provider_unavailable', null, late)).toEqual([event]);
  expect(eventsOf('', null, { read_until: late.read_until - 1 })[0]?.subject.alert_id).not.toBe(
    event?.subject.alert_id,
  );
  // A reason that is known is told in its place; a key that expires beside it.
  expect(eventsOf('key_rejected', null, late).map(({ facts }) => facts.title)).toEqual(['Acme is not synced any more']);
  expect(eventsOf('', '2026-12-03T00:00:00Z', late).map(({ subject }) => subject.kind)).toEqual([
    'sync_stopped',
    'key_expires',
  ]);
});

test.each([
  // days behind; how many are late of how many; whether it is told
  [2, 1, 1, true],
  [2, 2, 2, true],
  [2, 3, 3, false], // all: the workers were down
  [3, 3, 3, true], // a day later it is told, whosever fault it is
  [2, 3, 100, true],
  [2, 10, 100, false],
])('costs that are %i days late, as those of %i of %i organizations: %s', (days, late, connected, isTold) => {
  const read_until = Date.parse('2026-11-29') - days * 86_400_000;
  expect(goOn(eventsOf('', null, { read_until, late, connected }), [])).toHaveLength(isTold ? 1 : 0);
  expect(eventsOf('key_rejected', null, { read_until, late, connected })).toHaveLength(1);
});

test('days that do not add up are named, and say by how much, once a month', () => {
  const differing = { ...KEY, month: '2026-11-01', currency: 'usd', ours: '10', theirs: '12.5', difference: '2.5' };
  const one = differenceEvent({ ...differing, days: ['2026-11-03'] });
  // One is too high by as much as the other is too low.
  const even = { ours: '12.5', theirs: '12.5', difference: '10' };
  const more = differenceEvent({ ...differing, ...even, days: ['2026-11-03', '2026-11-20'] });
  expect(one.facts.title).toBe('A day does not add up to OpenAI’s total');
  expect(one.facts.text).toContain('USD 10.00 and OpenAI’s own totals to USD 12.50: they differ by USD 2.50.');
  expect(more.facts.text).toContain('On 3 November 2026, 20 November 2026, our facts add up to USD 12.50');
  expect(more.facts.text).toContain('day by day, they differ by USD 10.00');
  expect(more.subject).toMatchObject({ kind: 'reconciliation', from: '2026-11-03', to: '2026-11-21' });
  expect(more.subject.alert_id).toBe(one.subject.alert_id);
  const days = ['01', '02', '03', '04', '05', '06', '07'].map((day) => `2026-11-${day}`);
  expect(differenceEvent({ ...differing, days }).facts.text).toContain('5 November 2026 and 2 more, our');
});

test('costs that are not understood are told with their share and what they are', () => {
  const about = {
    ...KEY,
    month: '2026-11-01',
    currency: 'usd',
    amount: '3',
    total: '200',
    line_items: ['new thing', 'other thing'],
  };
  const { facts } = unknownEvent({ ...about, unclassified: '3' });
  expect(facts).toMatchObject({
    title: '1.50 % of the costs are for line items that are not understood in full',
    text: expect.stringMatching(
      /^USD 3\.00 of USD 200\.00 in November 2026 is for .*, such as new thing; other thing\./,
    ),
    ...{ amount: '200', spent: '3', filters: { token_type: ['other'] } },
  });
  const line_items = Array.from({ length: 12 }, (_, index) => `thing ${index + 1}`);
  expect(unknownEvent({ ...about, unclassified: '3', line_items }).facts.text).toContain(
    '; thing 10 and 2 more. Their',
  );
  // Where only a qualifier is unknown, it says that, and no filter has just these costs.
  const partly = unknownEvent({ ...about, unclassified: '1' }).facts;
  expect(partly.text).toContain('Of USD 1.00, model or token type is not known; of the rest, a word beside them.');
  expect(unknownEvent({ ...about, unclassified: '0' }).facts.text).toContain('Model and token type are known');
  expect(partly.filters).not.toEqual({ token_type: ['other'] });
});

test('a limit is told once a month when it is expected to be reached, and once when it is', () => {
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
    limitEvents(KEY, limit, { ...outlook, ...found }, month);
  expect(eventsIn({ is_reached: false, expected_on: null })).toEqual([]);
  const [[expected], [reached]] = [
    eventsIn({ is_reached: false, expected_on: '2026-11-28' }),
    eventsIn({ is_reached: true, expected_on: null }),
  ];
  expect(expected?.facts.title).toBe('OpenAI’s hard limit of Shop is expected to be reached on 28 November 2026');
  expect(expected?.facts.text).toMatch(/^USD 80\.00 of USD 100\.50, 79\.60 %, are spent in November 2026\. S\. /);
  expect(reached?.facts.title).toBe('OpenAI’s hard limit of Shop is reached');
  expect(reached?.subject.alert_id).toBe(`${expected?.subject.alert_id}-reached`);
  expect(reached?.subject.alert_id).toMatch(/^[A-Za-z0-9-]{1,128}$/);
  // What came true is not over.
  const raised = [expected, reached].flatMap((event) => event ?? []).map(standingAs('raised'));
  expect(decideEnds(raised, eventsIn({ is_reached: true, expected_on: null })).ended).toEqual([]);
  const restated = decideEnds(raised, eventsIn({ is_reached: false, expected_on: '2026-11-28' }));
  expect(restated.ended.map(({ alert_id }) => alert_id)).toEqual([reached?.subject.alert_id]);
});

test('a hard limit that is nearly spent is told whatever is forecast, and stays so once it is reached', () => {
  const month = { from: '2026-11-01', to: '2026-12-01' };
  const near = (kind: 'hard_limit' | 'alert', spent_percent: string, is_reached = false) =>
    limitEvents(
      KEY,
      { kind, project_id: '', project_name: '', amount: '100', currency: 'usd' },
      {
        ...{ is_reached, expected_on: null, earliest_on: null, latest_on: null },
        ...{ spent: spent_percent, spent_percent, forecast: null, summary: 'S.' },
      },
      month,
    );
  expect(near('hard_limit', '89.99')).toEqual([]);
  expect(near('alert', '95.00')).toEqual([]);
  const told = near('hard_limit', '90.00');
  expect(told.map(({ facts }) => facts.title)).toEqual(['OpenAI’s hard limit of the organization is spent to 90.00 %']);
  expect(near('hard_limit', '93.00')[0]?.subject.alert_id).toBe(told[0]?.subject.alert_id);
  const raised = told.map(standingAs('raised'));
  expect(decideEnds(raised, near('hard_limit', '100.00', true)).ended).toEqual([]);
  expect(decideEnds(raised, near('hard_limit', '80.00')).ended).toHaveLength(1);
});

test('a standstill that moves on, but stays late, is one alert; one after it has ended is another', () => {
  const lateOn = (day: string) => eventsOf('', '2026-12-03T00:00:00Z', { read_until: Date.parse(day) });
  const [first, next] = [lateOn('2026-11-25'), lateOn('2026-11-26')];
  expect(next[0]?.subject.alert_id).not.toBe(first[0]?.subject.alert_id);
  const idsOf = (events: readonly IntegrationEvent[]) => events.map(({ subject }) => subject.alert_id);
  const raised = first.map(standingAs('raised'));
  expect(idsOf(goOn(next, raised))).toEqual(idsOf(first));
  expect(decideEnds(raised, goOn(next, raised))).toEqual({ ended: [], rose_again: [] });
  expect(idsOf(goOn(next, first.map(standingAs('ended'))))).toEqual(idsOf(next));
  expect(
    idsOf(
      goOn(
        next,
        raised.map((alert) => ({ ...alert, tenant_id: 'other' })),
      ),
    ),
  ).toEqual(idsOf(next));
});

test('a standstill that was told goes on where many are late by now', () => {
  const lateOn = (day: string, late: number) => eventsOf('', null, { read_until: Date.parse(day), late, connected: 3 });
  const raised = lateOn('2026-11-26', 1).map(standingAs('raised'));
  const many = lateOn('2026-11-27', 3);
  expect(decideEnds(raised, goOn(many, raised))).toEqual({ ended: [], rose_again: [] });
  // One that is over does not rise again by it.
  const over = many.map(standingAs('ended'));
  expect(decideEnds(over, goOn(many, over))).toEqual({ ended: [], rose_again: [] });
});

test('daily events are looked for from seven on, however late', () => {
  const days = ['06:59', '07:00', '23:30'].map((time) => eventsDay(new Date(`2026-11-29T${time}:00Z`)));
  expect(days).toEqual([undefined, '2026-11-29', '2026-11-29']);
});

test('what is not found any more is over, once; what is found again is not', () => {
  const standing = { found: 'raised', gone: 'raised', again: 'ended', over: 'ended', back: 'rose_again' } as const;
  const alerts = Object.entries(standing).map(([alert_id, event]) => ({ ...KEY, alert_id, standing: event }));
  const event = eventsOf('key_rejected')[0] as IntegrationEvent;
  const found = ['found', 'again'].map((alert_id) => ({ ...event, subject: { ...event.subject, alert_id } }));
  const { ended, rose_again } = decideEnds(alerts, found);
  expect(ended.map(({ alert_id }) => alert_id)).toEqual(['gone', 'back']);
  expect(rose_again.map(({ alert_id }) => alert_id)).toEqual(['again']);
});
