import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { exactMoney, roundMoney, signedMoney } from '#web/src/ui/format/money.ts';

test.each([
  ['608.829800000000000001', 'usd', '$608.83'],
  ['0.005', 'usd', '$0.01'],
  ['0.0049', 'usd', '<$0.01'],
  ['-0.0049', 'usd', '>−$0.01'],
  ['0', 'usd', '$0.00'],
  ['-41.27', 'usd', '−$41.27'],
  ['6000.4', 'jpy', '¥6,000'],
  ['0.3', 'jpy', '<¥1'],
  ['12.345', 'credits', '12.35 CREDITS'],
  ['0.001', 'usdc', '<0.01 USDC'],
])('%s %s is shown as %s', (amount, currency, text) => {
  expect(roundMoney(amount, currency)).toBe(text);
});

test('every digit is kept where it is asked for', () => {
  expect(exactMoney('1234.000000000000000001', 'usd')).toBe('$1,234.000000000000000001');
  expect(exactMoney('1.000000000000000001', 'credits')).toBe('1.000000000000000001 CREDITS');
});

test.each([
  ['5.006', 'usd', '+$5.01'],
  ['-0.004', 'usd', '−<$0.01'],
  ['0.0049', 'usd', '+<$0.01'],
  ['0', 'usd', '$0.00'],
  ['2.5', 'jpy', '+¥3'],
])('a change of %s %s is shown as %s', (change, currency, text) => {
  expect(signedMoney(change, currency)).toBe(text);
});

test.each([
  ['ar-EG', '٦٠٨٫٨٣', '٠٫٠١'],
  ['fa-IR', '۶۰۸٫۸۳', '۰٫۰۱'],
  ['bn-BD', '৬০৮.৮৩', '০.০১'],
])('%s has digits of its own and the same amounts', (locale, amount, cent) => {
  const ask = `import { roundMoney } from '#web/src/ui/format/money.ts';
    console.log(JSON.stringify(['608.83', '0.0049', '-0.0049', '0'].map((amount) => roundMoney(amount, 'usd'))));`;
  const said = execFileSync(process.execPath, ['--input-type=module', '-e', ask], { env: { LC_ALL: locale } });
  const [whole = '', less = '', more = '', zero = ''] = JSON.parse(String(said)) as string[];
  expect(whole).toContain(amount);
  expect(whole).not.toMatch(/[<>]/);
  expect(less).toMatch(new RegExp(`^<.*${cent}`));
  expect(more).toMatch(new RegExp(`^>.*−.*${cent}`));
  expect(zero).not.toMatch(/[<>]/);
});
