import { expect, test } from 'vitest';
import { signsOf, toCsv, toSpreadsheet } from '#web/src/costs/export/csv.ts';
import { fileName } from '#web/src/costs/export/file-name.ts';

const grid = {
  columns: ['project', 'amount'],
  rows: [
    ['Größe 北京 🚀', '1.05'],
    ['-prod', '-3.12'],
    ["'-prod", null],
    ['a, "b"; c', '0'],
  ],
};

test('CSV for programs has no mark and no locale', () => {
  expect(toCsv(grid)).toBe(`project,amount\r\nGröße 北京 🚀,1.05\r\n'-prod,-3.12\r\n''-prod,\r\n"a, ""b""; c",0\r\n`);
});

test.each([
  ['en-US', ',', '1.05'],
  ['de-DE', ';', '1,05'],
  ['fr-FR', ';', '1,05'],
  ['ar-EG', ',', '1.05'],
])('CSV for spreadsheets of %s begins with a byte order mark and has its signs', (locale, separator, amount) => {
  const text = toSpreadsheet(grid, signsOf(locale));
  expect([...new TextEncoder().encode(text).slice(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
  expect(text.split('\r\n')[1]).toBe(`Größe 北京 🚀${separator}${amount}`);
  expect(text).toContain('"a, ""b""; c"');
});

test('a text that the other sign would run as a formula is escaped in both', () => {
  expect(toSpreadsheet({ columns: ['=x'], rows: [['+1+1']] }, signsOf('de-DE'))).toBe("\uFEFF'=x\r\n'+1+1\r\n");
});

test.each([
  ['Acme Robotics', 'acme-robotics_openai-costs_2026-11-01_2026-11-24_by-model.csv'],
  ['北京 / 🚀', '北京_openai-costs_2026-11-01_2026-11-24_by-model.csv'],
  ['', 'openai-costs_2026-11-01_2026-11-24_by-model.csv'],
])('the file of %s says whose costs it has', (organization, name) => {
  expect(fileName(organization, { from: '2026-11-01', to: '2026-11-25' }, 'by-model.csv')).toBe(name);
});
