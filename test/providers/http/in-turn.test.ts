import { setImmediate } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { inTurn } from '#providers/http/in-turn.ts';

test('the event loop turns between pieces of long work', async () => {
  const order: string[] = [];
  const pieces = ['a', 'b', 'c'].map((piece) => inTurn(() => order.push(piece)));
  const others = async () => {
    for (let turn = 0; turn < 3; turn += 1) {
      await setImmediate();
      order.push('other');
    }
  };
  await Promise.all([...pieces, others()]);
  expect(order).toEqual(['other', 'a', 'other', 'b', 'other', 'c']);
});

test('work that fails holds up none behind it', async () => {
  const failed = inTurn(() => {
    throw new Error('unreadable');
  });
  const next = inTurn(() => 'read');
  await expect(failed).rejects.toThrow('unreadable');
  expect(await next).toBe('read');
});
