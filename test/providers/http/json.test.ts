import { expect, test } from 'vitest';
import { isNumberText, parseJson } from '#providers/http/json.ts';

test('numbers keep every digit that was sent', () => {
  const { amount } = parseJson('{"amount": 0.100000000000000000000000000000000000001}') as { amount: unknown };
  expect(isNumberText(amount) && amount.rawJSON).toBe('0.100000000000000000000000000000000000001');
});

test('text that was cut within a character can be stored', () => {
  const { name, whole } = parseJson('{"name": "cut emoji \\ud83d", "whole": "\\ud83d\\ude00 é"}') as Record<
    string,
    string
  >;
  expect(name).toBe('cut emoji \ufffd');
  expect(whole).toBe('😀 é');
});
