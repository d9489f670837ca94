import { expect, test } from 'vitest';
import { begun, withholdEnd } from '#clickhouse/client/complete-stream.ts';

const TAG = 'PU1FNUFH98PU1FNU';
// As a server of 25.11 or later writes it behind the rows that it has sent already.
const exception = `\r\n__exception__\r\n${TAG}\r\nCode: 241. DB::Exception: SELECT secret\n42 ${TAG}\r\n__exception__\r\n`;

async function* answer(chunks: string[], error?: Error) {
  for (const chunk of chunks) yield Buffer.from(chunk);
  if (error) throw error;
}

/** What is passed on, and whether the end was good. */
async function read(chunks: AsyncIterable<Buffer>) {
  let text = '';
  try {
    for await (const chunk of chunks) text += chunk;
    return { text, whole: true };
  } catch {
    return { text, whole: false };
  }
}

test.each([[[]], [['one']], [['one', 'a'.repeat(40_000), 'b']], [Array(50).fill('c'.repeat(1000))]])(
  'an answer that ends is passed on as it is',
  async (chunks: string[]) => {
    expect(await read(withholdEnd(answer(chunks), TAG))).toEqual({ text: chunks.join(''), whole: true });
  },
);

const rows = Array(20).fill('row\n'.repeat(1000));
test.each([
  ['a connection that is cut', answer(rows, new Error('aborted')), undefined],
  ['an exception before the cut', answer([...rows, exception], new Error('aborted')), TAG],
  ['an exception in an answer that ends', answer([...rows, exception.slice(0, 20), exception.slice(20)]), TAG],
])('%s is an error, and nothing of it is passed on', async (_name, chunks, tag) => {
  const { text, whole } = await read(withholdEnd(chunks, tag));
  expect(whole).toBe(false);
  expect(text).toBe('row\n'.repeat(text.length / 4));
  expect(text.length).toBeGreaterThan(50_000);
});

test('an error before the first byte is thrown at once', async () => {
  await expect(begun(withholdEnd(answer(['short'], new Error('aborted'))))).rejects.toThrow('aborted');
});
