import { expect, test } from 'vitest';
import type { ChannelView } from '#api/routes/channels/channel-view.ts';
import { ALERT_KINDS, type AlertKind } from '#domain/alerts/alert.ts';
import {
  budgetChoices,
  channelBody,
  costChoices,
  narrowed,
  newSigningSecret,
  readRecipients,
  tickedKinds,
} from '#web/src/channels/channel-draft.ts';
import {
  describeContent,
  describeFailure,
  describeOutcome,
  describeReceiver,
  describeResent,
} from '#web/src/channels/describe-channel.ts';

const channel = (given: Partial<ChannelView>): ChannelView => ({
  id: 'channel-1',
  name: 'Finance',
  kind: 'email',
  host: null,
  recipients: ['ann@example.com', 'bo@example.com'],
  alert_kinds: [],
  budget_ids: [],
  filters: {},
  digests: [],
  last_delivered_at: null,
  failing_since: null,
  last_outcome: null,
  last_status: null,
  undelivered: 0,
  ...given,
});

test('where a channel leads, and what it gets', () => {
  expect(describeReceiver(channel({}))).toBe('ann@example.com, bo@example.com');
  expect(describeReceiver(channel({ kind: 'slack', host: 'hooks.slack.com', recipients: [] }))).toBe('hooks.slack.com');
  expect(describeContent(channel({}), 'All costs')).toBe('Gets all alerts');
  expect(
    describeContent(channel({ alert_kinds: ['budget', 'limit'], budget_ids: ['1'], digests: ['weekly'] }), ''),
  ).toBe('Gets alerts: Budget, OpenAI’s limit, of budgets only one; a weekly digest');
  expect(describeContent(channel({ alert_kinds: ['none'], budget_ids: ['1'], digests: ['monthly'] }), '')).toBe(
    'Gets no alerts; a monthly digest',
  );
  expect(describeContent(channel({ filters: { project_id: ['a'] } }), 'Project: Shop')).toBe(
    'Gets all alerts. Only of Project: Shop',
  );
});

test('a failure says since when and why', () => {
  expect(describeFailure(channel({}))).toBeUndefined();
  const failing = channel({ failing_since: '2026-11-24T03:00:00Z', last_outcome: 'refused', last_status: 500 });
  expect(describeFailure(failing)).toMatch(
    /^Nothing arrives since Nov 2\d, 2026.*\. The receiver refused it\. It responded with 500\.$/,
  );
  expect(describeOutcome({ outcome: 'delivered', status: 200 })).toBe('It was delivered.');
  expect(describeFailure({ ...failing, undelivered: 2 })).toMatch(
    /500\. 2 messages have not arrived\. Each is tried for a day, and then given up: once a test arrives, send them again\.$/,
  );
});

test('what came of sending again is told', () => {
  const failure = { outcome: 'refused', status: 503 } as const;
  expect(describeResent({ sent: 2, left: 0, failure: null })).toBe('2 messages were delivered.');
  expect(describeResent({ sent: 1, left: 1, failure })).toBe(
    '1 message was delivered. 1 message has not arrived. The receiver refused it. It responded with 503.',
  );
  expect(describeResent({ sent: 100, left: 1, failure: null })).toBe(
    '100 messages were delivered. 1 message has not arrived. Send again.',
  );
  expect(describeResent({ sent: 0, left: 0, failure: null })).toBe('Nothing was missed.');
});

const typed = {
  ...{
    name: 'Finance',
    url: ' https://example.com/hook ',
    recipients: 'ann@example.com; bo@example.com\nann@example.com',
  },
  ...{ signingSecret: 'whsec_x', alertKinds: [...ALERT_KINDS], budgetIds: [], filters: {}, digests: [] },
};

test('only what its kind has is sent, and what is left empty of a changed one stays', () => {
  expect(channelBody('email', typed, undefined)).toEqual({
    ...{ kind: 'email', name: 'Finance', alert_kinds: [], digests: [], budget_ids: [], filters: {} },
    recipients: ['ann@example.com', 'bo@example.com'],
  });
  expect(channelBody('slack', typed, undefined)).toMatchObject({ kind: 'slack', url: 'https://example.com/hook' });
  expect(channelBody('slack', typed, undefined)).not.toHaveProperty('signing_secret');
  expect(channelBody('webhook', typed, undefined)).toMatchObject({ signing_secret: 'whsec_x' });
  const changed = channelBody('webhook', { ...typed, url: '', signingSecret: '', budgetIds: ['b'] }, channel({}));
  expect(changed).toEqual({ name: 'Finance', alert_kinds: [], digests: [], budget_ids: ['b'], filters: {} });
});

test('every kind that is ticked is all that come, and none is a channel of digests alone', () => {
  const kindsFor = (alertKinds: AlertKind[]) => channelBody('email', { ...typed, alertKinds }, undefined).alert_kinds;
  expect([kindsFor([...ALERT_KINDS]), kindsFor(['limit']), kindsFor([])]).toEqual([[], ['limit'], ['none']]);
  expect(tickedKinds(undefined)).toEqual(ALERT_KINDS);
  expect(tickedKinds(channel({ alert_kinds: [] }))).toEqual(ALERT_KINDS);
  expect(tickedKinds(channel({ alert_kinds: ['limit'] }))).toEqual(['limit']);
  expect(tickedKinds(channel({ alert_kinds: ['none'] }))).toEqual([]);
});

test('a deleted budget of a channel is named, and can be unticked', () => {
  const budgets = [{ id: 'b', name: 'Research' }];
  expect(budgetChoices(budgets, ['b'])).toEqual(budgets);
  expect(budgetChoices([], ['gone'])).toEqual([{ id: 'gone', name: 'A deleted budget, which raises no alerts' }]);
  expect(budgetChoices(budgets, ['gone']).map(({ id }) => id)).toEqual(['b', 'gone']);
  expect(budgetChoices([], [])).toEqual([]);
});

test('a channel is narrowed by organization and project, and other filters stay', () => {
  const filters = { model: ['gpt-5'], project_id: ['a'] };
  expect(narrowed(filters, 'project_id', ['a', 'b'])).toEqual({ model: ['gpt-5'], project_id: ['a', 'b'] });
  expect(narrowed(filters, 'project_id', [])).toEqual({ model: ['gpt-5'] });
  expect(costChoices([{ id: 'a', name: 'Shop' }], ['a', 'gone', ''])).toEqual([
    { id: 'a', name: 'Shop' },
    { id: 'gone', name: 'gone' },
    { id: '', name: 'Not attributed' },
  ]);
});

test('a signing secret is of 32 random bytes, addresses are told apart however they are separated', () => {
  expect(newSigningSecret()).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
  expect(newSigningSecret()).not.toBe(newSigningSecret());
  expect(readRecipients(' a@x.de,b@x.de ;c@x.de\na@x.de')).toEqual(['a@x.de', 'b@x.de', 'c@x.de']);
});
