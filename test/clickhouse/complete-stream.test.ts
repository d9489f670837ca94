import { expect, test } from 'vitest';
import { awaitFirstChunk, holdBackEnd } from '#clickhouse/client/complete-stream.ts';

const TAG = 'PU1FNUFH98PU1FNU';
// As a server of 25.11 or later appends it to the rows that it has sent.
const exception = `\r\n__exception__\r\n${TAG}\r\nCode: 241. DB::Exception: SELECT secret\n42 ${TAG}\r\n__exception__\r\n`;

async function* response(chunks: string[], error?: Error) {
  for (const chunk of chunks) yield Buffer.from(chunk);
  if (error) throw error;
}

/** What is passed on, and whether it is complete. */
async function read(chunks: AsyncIterable<Buffer>) {
  let text = '';
  try {
    for await (const chunk of chunks) text += chunk;
    return { text, complete: true };
  } catch {
    return { text, complete: false };
  }
}

test.each([[[]], [['one']], [['one', 'a'.repeat(40_000), 'b']], [Array(50).fill('c'.repeat(1000))]])(
  'a response that ends well is passed on unchanged',
  async (chunks: string[]) => {
    expect(await read(holdBackEnd(response(chunks), TAG))).toEqual({ text: chunks.join(''), complete: true });
  },
);

const rows = Array(20).fill('row\n'.repeat(1000));
test.each([
  ['a connection that is cut', response(rows, new Error('aborted')), undefined],
  ['an exception before the cut', response([...rows, exception], new Error('aborted')), TAG],
  [
    'an exception in a response that ends regularly',
    response([...rows, exception.slice(0, 20), exception.slice(20)]),
    TAG,
  ],
])('%s is an error, and nothing of it is passed on', async (_name, chunks, tag) => {
  const { text, complete } = await read(holdBackEnd(chunks, tag));
  expect(complete).toBe(false);
  expect(text).toBe('row\n'.repeat(text.length / 4));
  expect(text.length).toBeGreaterThan(50_000);
});

test('an error before the first byte is thrown at once', async () => {
  await expect(awaitFirstChunk(holdBackEnd(response(['short'], new Error('aborted'))))).rejects.toThrow('aborted');
});
