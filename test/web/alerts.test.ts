import { expect, test } from 'vitest';
import type { AlertView } from '#api/routes/alerts/alert-view.ts';
import { describeEvent } from '#web/src/alerts/describe-alert.ts';
import { alertsIn, alertsOfView, shownAlerts } from '#web/src/alerts/select-alerts.ts';
import { mute, nameOfSubject, subjectInWords, subjectToMute, unmute } from '#web/src/alerts/subject-to-mute.ts';

const alert = (given: Partial<AlertView>): AlertView =>
  ({
    kind: 'budget',
    day: '2026-11-21',
    filters: {},
    integration_id: null,
    currency: 'usd',
    acknowledged_at: null,
    acknowledged_by: null,
    is_quiet: false,
    ...given,
  }) as AlertView;
const all = { filters: {}, integration: undefined, currency: undefined };

test.each([
  ['of all costs, all are', all, alert({ filters: { project_id: ['a'] } }), true],
  [
    'of a project, its own are',
    { ...all, filters: { project_id: ['a'] } },
    alert({ filters: { project_id: ['a'] } }),
    true,
  ],
  [
    'of two projects, that of a model of one is',
    { ...all, filters: { project_id: ['a', 'b'] } },
    alert({ filters: { project_id: ['a'], model: ['m'] } }),
    true,
  ],
  [
    'of a project, those of another are not',
    { ...all, filters: { project_id: ['b'] } },
    alert({ filters: { project_id: ['a'] } }),
    false,
  ],
  ['of a project, those of all costs are not', { ...all, filters: { project_id: ['a'] } }, alert({}), false],
  ['of an organization, its own are', { ...all, integration: 'i' }, alert({ integration_id: 'i' }), true],
  [
    'of an organization, those of its budgets are',
    { ...all, integration: 'i' },
    alert({ filters: { integration_id: ['i'] } }),
    true,
  ],
  ['of an organization, others are not', { ...all, integration: 'i' }, alert({ integration_id: 'j' }), false],
  ['of a currency, those of another are not', { ...all, currency: 'eur' }, alert({}), false],
  ['of a currency, those without money are', { ...all, currency: 'eur' }, alert({ currency: null }), true],
  ['quiet ones never are', all, alert({ is_quiet: true }), false],
])('alerts in a view %s', (_what, view, one, isShown) => {
  expect(alertsOfView([one], view)).toEqual(isShown ? [one] : []);
});

test('an alert is a mark on the period that has its day', () => {
  const [before, within, last, after] = ['20', '21', '22', '23'].map((day) => alert({ day: `2026-11-${day}` }));
  const alerts = [before, within, last, after].filter((each) => each !== undefined);
  expect(alertsIn({ from: '2026-11-21', to: '2026-11-23' }, alerts)).toEqual([within, last]);
});

test('a list has what is open, acknowledged or all, of one kind or every kind', () => {
  const alerts = [
    alert({ id: 'open' }),
    alert({ id: 'anomaly', kind: 'anomaly' }),
    alert({ id: 'seen', acknowledged_at: '2026-11-22T03:00:00Z' }),
    alert({ id: 'quiet', is_quiet: true }),
  ];
  const ids = (which: 'open' | 'acknowledged' | 'all', kind?: AlertView['kind']) =>
    shownAlerts(alerts, { which, kind, id: null }).map(({ id }) => id);
  expect(ids('open')).toEqual(['open', 'anomaly']);
  expect(ids('acknowledged')).toEqual(['seen']);
  expect(ids('all')).toEqual(['open', 'anomaly', 'seen', 'quiet']);
  expect(ids('all', 'anomaly')).toEqual(['anomaly']);
  const linked = shownAlerts(alerts, { which: 'open', kind: undefined, id: 'seen' });
  expect(linked.map(({ id }) => id)).toEqual(['seen']);
});

test.each([
  [
    { event: 'raised' as const, spent: '12000.004', forecast: '14507.26' },
    /^Raised on .*, at \$12,000.00 and \$14,507.26 expected$/,
  ],
  [{ event: 'fell_below' as const, spent: '11000', forecast: null }, /^Fell below again on .*, at \$11,000.00$/],
  [{ event: 'acknowledged' as const, spent: '11000', forecast: null }, /^Acknowledged by ann on [^$]*$/],
  [{ event: 'raised' as const, spent: null, forecast: null }, /^Raised on [^$]*$/],
  [{ event: 'rose_again' as const, spent: '11000', forecast: null }, /^Rose above again on .*, at \$11,000.00$/],
  [{ event: 'restated' as const, spent: '15000', forecast: null }, /^Restated on .*, at \$15,000.00$/],
  [{ event: 'ended' as const, spent: null, forecast: null }, /^Over on [^$]*$/],
])('a step of the history: %j', (event, text) => {
  expect(
    describeEvent({ ...event, at: '2026-11-21T03:00:00Z' }, alert({ acknowledged_by: 'ann', history: [] })),
  ).toMatch(text);
});

test('what was over and is not is said of what no costs rose above', () => {
  const event = { event: 'rose_again' as const, at: '2026-11-21T03:00:00Z', spent: null, forecast: null };
  expect(describeEvent(event, alert({ kind: 'sync_stopped', history: [] }))).toMatch(/^Not over after all on /);
  expect(describeEvent(event, alert({ kind: 'anomaly', history: [] }))).toMatch(/^Rose above again on /);
  // Of costs that fell, and came late.
  const history = [{ ...event, event: 'ended' as const }];
  expect(describeEvent(event, alert({ kind: 'anomaly', history }))).toMatch(/^Not over after all on /);
});

test.each<[string, Partial<AlertView>, string | undefined]>([
  ['of a project', { filters: { integration_id: ['i'], project_id: ['a'] } }, 'project Lab'],
  ['of a key without a name', { filters: { integration_id: ['i'], api_key_id: ['k'] } }, 'API key k'],
  ['of a project that nothing is known of', { filters: { project_id: ['b'] } }, 'project b'],
  ['of a model', { filters: { model: ['gpt-5'] } }, 'model gpt-5'],
  ['of a line item', { filters: { line_item: ['gpt-5, output'] } }, 'line item gpt-5, output'],
  ['of the whole organization', { filters: { integration_id: ['i'] } }, undefined],
  ['of what has no key', { filters: { api_key_id: [''] } }, undefined],
  ['of a budget', { kind: 'budget', filters: { project_id: ['a'] } }, undefined],
])('what an alert %s is about can be muted, by name', (_, given, words) => {
  const contributors = [
    { project_id: 'a', project_name: 'Lab', api_key_id: 'k', api_key_name: '', model: 'gpt-5', line_item: '' },
  ];
  const causes = { compared_with: null, reasons: [], contributors } as unknown as AlertView['causes'];
  const one = alert({ kind: 'anomaly', causes, ...given });
  const subject = subjectToMute(one);
  expect(subject && subjectInWords(subject, nameOfSubject(one, subject))).toBe(words);
});

test('what is muted twice is muted once, and nothing else changes', () => {
  const [model, project] = [
    { dimension: 'model', value: 'a' },
    { dimension: 'project_id', value: 'a' },
  ] as const;
  expect(mute(project, [model])).toEqual([model, project]);
  expect(mute(project, [project, model])).toEqual([model, project]);
  expect(unmute(project, [model, project])).toEqual([model]);
});
