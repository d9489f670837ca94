import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';
import { distinctColours } from '#web/src/costs/data/colours.ts';
import { labelsOf } from '#web/src/costs/data/labels.ts';
import type { Group } from '#web/src/costs/data/sum-groups.ts';
import { distinctName, isTyped, organizationName } from '#web/src/integrations/organization-name.ts';
import { localTime } from '#web/src/ui/format/day.ts';
import { TruncatedName } from '#web/src/ui/truncated-name.tsx';

const named = (name: string, id = 'org-1') => ({ id: `openai-${id}`, organization: { id, name } });

test.each([
  ['Gap Ltd ', 'Gap Ltd'],
  ['Gap  Ltd', 'Gap Ltd'],
  ['Gap\u00a0Ltd', 'Gap Ltd'],
  ['Gap\u200b Ltd', 'Gap Ltd'],
  ['Gap\nLtd', 'Gap Ltd'],
  ['\u202eGap Ltd', 'Gap Ltd'],
  ['Cafe\u0301', 'Café'],
  ['   ', 'org-1'],
  ['', 'org-1'],
  ['Plain', 'Plain'],
  ['Acme 👩‍👩‍👧‍👦', 'Acme 👩‍👩‍👧‍👦'],
  ['❤️ Care', '❤️ Care'],
  ['می‌خواهم', 'می‌خواهم'],
  ['🏴󠁧󠁢󠁥󠁮󠁧󠁿', '🏴󠁧󠁢󠁥󠁮󠁧󠁿'],
  ['\u2800', 'org-1'],
])('%j is disconnected by typing %j, which is what is seen, or by pasting it', (name, seen) => {
  const integration = named(name);
  expect(organizationName(integration)).toBe(seen);
  expect(isTyped(seen, integration)).toBe(true);
  expect(isTyped(` ${seen}`, integration)).toBe(true);
  if (seen !== 'org-1') expect(isTyped(name, integration)).toBe(true);
  expect(isTyped('', integration)).toBe(false);
  expect(isTyped(`${seen}x`, integration)).toBe(false);
});

test('a name of signs that keyboards lack is disconnected by typing their usual ones', () => {
  expect(isTyped("Acme-Labs - Ann's", named('Acme\u2011Labs – Ann’s'))).toBe(true);
});

test('organizations of equal names have the end of their id behind it', () => {
  const all = [named('Personal', 'org-aaaaaa111111'), named('Personal', 'org-bbbbbb222222'), named('Other')];
  expect(all.map((each) => distinctName(each, all))).toEqual(['Personal (…111111)', 'Personal (…222222)', 'Other']);
});

test('values of equal names have the end of their id behind it, and blank ones their id', () => {
  const rows = [
    { project_id: 'proj_aaaaaa', project_name: 'Default project' },
    { project_id: 'proj_bbbbbb', project_name: 'Default project' },
    { project_id: 'proj_blank', project_name: '  ' },
    { project_id: 'proj_unseen', project_name: '\u200b' },
    { project_id: 'proj_111111', project_name: 'Search' },
    { project_id: 'proj_222222', project_name: 'Search ' },
    { project_id: 'proj_333333', project_name: 'Sea\u200brch' },
    { project_id: '', project_name: '' },
  ] as Group[];
  expect([...labelsOf('project_id', rows).values()]).toEqual([
    'Default project (…aaaaaa)',
    'Default project (…bbbbbb)',
    'proj_blank',
    'proj_unseen',
    'Search (…111111)',
    'Search (…222222)',
    'Search (…333333)',
    'No project',
  ]);
});

test('a value keeps its colour from view to view, and no two of a chart share one', () => {
  const first = distinctColours(['a', 'b', 'c', 'd']);
  const second = distinctColours(['x', 'd', 'c', 'y', 'z', 'w', 'v', 'u']);
  expect([second.get('c'), second.get('d')]).toEqual([first.get('c'), first.get('d')]);
  expect(new Set(second.values()).size).toBe(8);
});

test.each([
  ['👩‍👩‍👧‍👦', 50],
  ['🚀', 50],
  ['e\u0301', 50],
])('a long name of %s is parted between graphemes, all of it on hover; a short one is whole', (grapheme, count) => {
  const shown = (text: string) => renderToStaticMarkup(createElement(TruncatedName, { text }));
  const [, start = '', end = ''] =
    /<span[^>]*>(.*)<\/span><span[^>]*>(.*)<\/span>/.exec(shown(grapheme.repeat(count))) ?? [];
  expect([start, end]).toEqual([grapheme.repeat(count - 20), grapheme.repeat(20)]);
  expect(shown(grapheme.repeat(count))).toContain(`title="${grapheme.repeat(count)}"`);
  expect(shown(grapheme.repeat(40))).toBe(`<bdi>${grapheme.repeat(40)}</bdi>`);
});

test('names that differ at their end differ where they are cut', () => {
  const shown = (text: string) => renderToStaticMarkup(createElement(TruncatedName, { text }));
  const cut = shown('ft:gpt-4o-2024-08-06:acme:support-triage-and-answers:abcdefghij, output');
  expect(cut).toContain('>s:abcdefghij, output<');
});

test('a time of the clock names its zone: days are UTC days', () => {
  expect(localTime('2026-11-24T16:30:00Z')).toMatch(/ (UTC|GMT|[A-Z]{3,5})([+-]\d+)?$/);
});
