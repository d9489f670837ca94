import { expect, test } from 'vitest';
import type { Anomaly } from '#domain/anomalies/find-anomalies.ts';
import { incidentsOf } from '#domain/anomalies/incidents.ts';
import type { CostSubject } from '#domain/anomalies/series.ts';
import type { CostChange } from '#domain/causes/cost-change.ts';
import { explainCosts } from '#domain/causes/explain-costs.ts';
import { causesInWords } from '#domain/causes/in-words.ts';

const DAY = { from: '2026-06-10', to: '2026-06-11' };
const BEFORE = { from: '2026-06-09', to: '2026-06-10' };
const LONG_AGO = '2026-04-01';
const sinceLongAgo = { project_id: LONG_AGO, api_key_id: LONG_AGO, model: LONG_AGO, line_item: LONG_AGO };

/** `project key model line_item`, what it cost before, and what now. */
function change(names: string, before: number, amount: number, more: Partial<CostChange> = {}): CostChange {
  const [project_id = '', api_key_id = '', model = '', line_item = ''] = names.split(' ');
  return {
    ...{ project_id, api_key_id, model, line_item, currency: 'usd', since: sinceLongAgo },
    ...{ project_name: '', api_key_name: '' },
    ...{ amount: String(amount), before: String(before), quantity: String(amount), quantity_before: String(before) },
    ...more,
  };
}
/** `project_id p 100`: a subject and its excess. */
function anomaly(text: string): Anomaly {
  const [dimension, value = '', excess] = text.split(' ');
  const subject = { dimension: dimension as CostSubject['dimension'], value, currency: 'usd' };
  return { ...DAY, subject, usual: 10, amount: 10 + Number(excess) };
}
/** `told`: a subject, its excess, and the keys that rose where they are known. */
const incidents = (anomalies: string[], changes: CostChange[], told: string[] = [], toldOf = BEFORE) =>
  incidentsOf(
    anomalies.map(anomaly),
    changes,
    told.map((text, index) => ({
      ...{ ...anomaly(text), ...toldOf, alert_id: `alert-${index}` },
      causes: text.split(' ')[3]?.split(',') ?? [],
    })),
  ).map(({ subject }) => subject.value);

const LEAP = [change('p k m in', 10, 110), change('p k m out', 10, 210), change('q l m in', 50, 52)];
const OF_LEAP = ['model m 302', 'api_key_id k 300', 'project_id p 300', 'line_item out 200', 'line_item in 102'];

test('a leap of one key is told once, by its project', () => {
  expect(incidents(OF_LEAP, LEAP)).toEqual(['p']);
  expect(incidents(OF_LEAP.slice(0, 2), LEAP)).toEqual(['k']);
});

test('a line item that rises in every project is told once, by its model', () => {
  const changes = ['p', 'q', 'r'].map((project) => change(`${project} k-${project} m in`, 100, 300));
  const anomalies = ['model m 600', 'line_item in 600', 'project_id p 200', 'project_id q 200', 'project_id r 200'];
  expect(incidents(anomalies, changes)).toEqual(['m']);
});

test('two leaps that have nothing in common are two', () => {
  const changes = [...LEAP, change('x y z in2', 10, 100)];
  expect(incidents([...OF_LEAP, 'project_id x 90', 'model z 90'], changes)).toEqual(['p', 'x']);
});

test('what goes on is not told again, nor by another of its dimensions; what gets far worse is', () => {
  expect(incidents(OF_LEAP, LEAP, ['project_id p 300'])).toEqual([]);
  expect(incidents(OF_LEAP, LEAP, ['api_key_id k 150'])).toEqual([]);
  expect(incidents(OF_LEAP, LEAP, ['project_id p 100'])).toEqual(['p']);
  expect(incidents(OF_LEAP, LEAP, ['project_id other 300'])).toEqual(['p']);
});

test('the organization is told for what nothing else tells', () => {
  const all = 'organization  1000';
  expect(incidents([all], [change('new k2 m2 in2', 0, 1000)])).toEqual(['']);
  expect(incidents([all, ...OF_LEAP], LEAP)).toEqual(['p']);
  expect(incidents([all, ...OF_LEAP], [...LEAP, change('new k2 m2 in2', 0, 1000)])).toEqual(['p', '']);
  // While it goes on, other leaps are told, and it is not.
  expect(incidents([all, ...OF_LEAP], [...LEAP, change('new k2 m2 in2', 0, 1000)], [all])).toEqual(['p']);
});

test('what rises in many parts at once is told once, by the organization, and then stands for each of them', () => {
  const changes = ['p', 'q', 'r'].map((name) => change(`${name} k-${name} m-${name} in-${name}`, 100, 400));
  const parts = ['p', 'q', 'r'].map((name) => `project_id ${name} 300`);
  const all = 'organization  900';
  expect(incidents([all, ...parts], changes)).toEqual(['']);
  expect(incidents([all, ...parts.slice(0, 2)], changes.slice(0, 2))).toEqual(['p', 'q']);
  expect(incidents([all, ...parts], [...changes, change('s k-s m-s in-s', 100, 1000)])).toEqual(['p', 'q', 'r', '']);
  expect(incidents(parts, changes, ['organization  900 k-p,k-q,k-r'])).toEqual([]);
  expect(incidents(parts, changes, ['organization  900 k-p,k-q'])).toEqual(['r']);
});

test('what was told of a day is not told again when that is restated, however far; what else rose is', () => {
  expect(incidents(OF_LEAP, LEAP, ['project_id p 10'], DAY)).toEqual([]);
  const changes = [...LEAP, change('x y z in2', 10, 100)];
  expect(incidents([...OF_LEAP, 'project_id x 90'], changes, ['project_id p 10'], DAY)).toEqual(['x']);
});

test('what has another cause is told: what is new since, or of a key that was as usual when it was told', () => {
  const leak = (since = LONG_AGO) => change('p leaked m in', 0, 900, { since: { ...sinceLongAgo, api_key_id: since } });
  const anomalies = ['project_id p 1200', ...OF_LEAP.slice(1)];
  expect(incidents(anomalies, [...LEAP, leak()], ['project_id p 1200'])).toEqual([]);
  expect(incidents(anomalies, [...LEAP, leak(DAY.from)], ['project_id p 1200'])).toEqual(['p']);
  expect(incidents(anomalies, [...LEAP, leak()], ['project_id p 1200 k'])).toEqual(['p']);
  expect(incidents(anomalies, [...LEAP, leak()], ['project_id p 1200 k,leaked'])).toEqual([]);
  // Late data of the day itself.
  expect(incidents(anomalies, [...LEAP, leak()], ['project_id p 300 k'], DAY)).toEqual(['p']);
  expect(incidents(anomalies, [...LEAP, leak()], ['project_id p 300 leaked,k'], DAY)).toEqual([]);
});

const NEW = '2026-06-01';
test.each([
  ['quantity', change('p k m in', 10, 30)],
  ['unit_price', change('p k m in', 10, 30, { quantity: '10', quantity_before: '10' })],
  ['unit_price, quantity', change('p k m in', 10, 40, { quantity: '15', quantity_before: '10' })],
  ['quantity, unit_price', change('p k m in', 10, 40, { quantity: '30', quantity_before: '10' })],
  ['unit_price', change('p k m in', 10, 30, { quantity: '9', quantity_before: '10' })],
  ['quantity', change('p k m in', 10, 30, { quantity: '40', quantity_before: '10' })],
  ['quantity', change('p k m in', 0, 40)],
  ['charge', change('p k  fee', 0, 40, { quantity: null, quantity_before: null })],
  ['new_api_key', change('p k m in', 0, 30, { since: { ...sinceLongAgo, api_key_id: NEW } })],
  ['new_project', change('p k m in', 0, 30, { since: { ...sinceLongAgo, project_id: NEW, api_key_id: NEW } })],
  ['new_model', change('p k m in', 0, 30, { since: { ...sinceLongAgo, model: NEW, line_item: NEW } })],
  ['new_line_item', change('p k m in', 0, 30, { since: { ...sinceLongAgo, line_item: NEW } })],
  // What is not attributed is never new.
  ['quantity', change('p  m in', 0, 30, { since: { ...sinceLongAgo, api_key_id: NEW } })],
])('the reason is %s', (reason, cost) => {
  const reasons = explainCosts([cost], DAY.from, 'usual').reasons.map((each) => each.reason);
  expect(reasons.join(', ')).toBe(reason);
});

test('a rise by price and use is divided between both', () => {
  const both = change('p k m in', 100, 240, { quantity: '160', quantity_before: '100' });
  const explanation = explainCosts([both], DAY.from, 'usual');
  expect(explanation.reasons).toEqual([
    { reason: 'unit_price', change: '80' },
    { reason: 'quantity', change: '60' },
  ]);
  expect(causesInWords(explanation, 'usd')).toContain(
    'It rose mostly because a unit costs more: USD 80.00, and because more was used: USD 60.00.',
  );
});

test('what contributed most comes first; what fell explains no rise; sums are exact', () => {
  const changes = [
    change('p k m in', 10, 10.1),
    change('p k m out', 10, 210.2),
    change('p l m out', 100, 20),
    change('p n m in', 0, 50, { since: { ...sinceLongAgo, api_key_id: NEW } }),
    change('p k fee fee', 0, 0.000000000000000001, { amount: '0.000000000000000001', before: '0', quantity: null }),
  ];
  const { contributors, reasons } = explainCosts(changes, DAY.from, 'usual');
  expect(contributors.map(({ api_key_id, line_item, change }) => [api_key_id, line_item, change])).toEqual([
    ['k', 'out', '200.2'],
    ['n', 'in', '50'],
    ['k', 'in', '0.1'],
    ['k', 'fee', '0.000000000000000001'],
  ]);
  expect(reasons).toEqual([
    { reason: 'quantity', change: '200.3' },
    { reason: 'new_api_key', change: '50' },
    { reason: 'charge', change: '0.000000000000000001' },
  ]);
});
