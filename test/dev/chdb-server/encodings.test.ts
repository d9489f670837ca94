import { buffer, text } from 'node:stream/consumers';
import { expect, it } from 'vitest';
import { fromBlocks, toBlocks } from '#dev/chdb-server/compression/blocks.ts';
import { fromLz4Frames, toLz4Frame } from '#dev/chdb-server/compression/lz4-frame.ts';
import { sender } from './request.ts';
import { withServer } from './with-server.ts';

const server = withServer();
const send = sender(() => server.engine);
const LINES = Array.from({ length: 30_000 }, (_, n) => `${n}\n`).join('');
const SQL = 'SELECT number FROM numbers(30000)';

async function* once(data: Buffer | string) {
  yield Buffer.from(data);
}
async function bytes(chunks: AsyncIterable<Buffer>): Promise<Buffer<ArrayBuffer>> {
  return Buffer.from(await buffer(chunks));
}

it('sends results in an LZ4 frame, and in blocks of its own', async () => {
  const accept = { headers: { 'accept-encoding': 'lz4' } };
  const frame = await send(SQL, { enable_http_compression: '1' }, accept);
  expect(frame.headers.get('content-encoding')).toBe('lz4');
  expect(await text(fromLz4Frames(once(frame.bytes)))).toBe(LINES);
  const blocks = await send(SQL, { compress: '1' });
  expect(await text(fromBlocks(once(blocks.bytes)))).toBe(LINES);
  const both = await send(SQL, { compress: '1', enable_http_compression: '1' }, accept);
  expect(await text(fromBlocks(fromLz4Frames(once(both.bytes))))).toBe(LINES);
  expect((await send('SELECT nothing', { compress: '1' })).text).toContain('UNKNOWN_IDENTIFIER');
});

it('takes data in both, and none that are damaged', async () => {
  await send('CREATE TABLE taken (n UInt32) ENGINE = MergeTree ORDER BY n');
  const query = 'INSERT INTO taken FORMAT TSV';
  const frame = await bytes(toLz4Frame(once(LINES)));
  const blocks = await bytes(toBlocks(once(LINES)));
  const lz4 = { 'content-encoding': 'lz4' };
  const count = async () => Number((await send('SELECT count() FROM taken')).text);

  for (const body of [frame.subarray(0, -100), Buffer.from(LINES)]) {
    expect(await send('', { query }, { body, headers: lz4 })).toMatchObject({ code: '354' });
  }
  const flipped = Buffer.from(blocks);
  flipped.writeUInt8(flipped.readUInt8(1000) ^ 1, 1000);
  for (const body of [flipped, blocks.subarray(0, -100), Buffer.from(LINES)]) {
    expect(await send('', { query, decompress: '1' }, { body })).toMatchObject({ code: '271' });
  }
  expect(await count()).toBe(0);
  expect(await send('', { query }, { body: frame, headers: lz4 })).toMatchObject({ status: 200 });
  expect(await send('', { query, decompress: '1' }, { body: blocks })).toMatchObject({ status: 200 });
  expect(await count()).toBe(60_000);
});

it('sends Native blocks as the client’s revision of the protocol has them', async () => {
  // One value of each kind of type: the blocks are converted only if each one's length is understood.
  const sql = `SELECT number AS n, map('a', [toLowCardinality('x' || toString(number % 7))]) AS m,
    CAST([] AS Array(LowCardinality(String))) AS none, toNullable('x') AS nu, NULL AS nothing,
    CAST(if(number % 2, [], ['a', NULL]) AS Array(LowCardinality(Nullable(String)))) AS lc,
    CAST((1, 'x') AS Tuple(a UInt8, \`b, (c\` String)) AS t, CAST('x' AS Enum8('x' = 1, 'a,(''b' = 2)) AS e,
    toDecimal256(1, 5) AS d, toUUID('61f0c404-5cb3-11e7-907b-a6006ad3dba0') AS u, now64(3) AS at, toIPv6('::1') AS ip,
    CAST((1., 2.) AS Point) AS p, [map(1, [(1, 'a')])] AS deep, INTERVAL 1 DAY AS i, toFixedString('abc', 3) AS f
    FROM numbers(1500) SETTINGS max_block_size = 1000 FORMAT Native`;
  const plain = (await send(sql)).bytes;
  const blocks = 2;
  const columns = 16;
  const withInfo = (await send(sql, { client_protocol_version: '54405' })).bytes;
  expect(withInfo.length).toBe(plain.length + 8 * blocks);
  expect(withInfo.subarray(8, 100).equals(plain.subarray(0, 92))).toBe(true);
  const withSerialization = (await send(sql, { client_protocol_version: '54484' })).bytes;
  expect(withSerialization.length).toBe(plain.length + (8 + columns) * blocks);
  expect((await send('SELECT 1 AS a FORMAT Native', { client_protocol_version: '54484' })).bytes).toEqual(
    Buffer.from('\x01\0\x02\xff\xff\xff\xff\0\x01\x01\x01a\x05UInt8\0\x01', 'latin1'),
  );
  expect(await send('SELECT 1 WHERE 0 FORMAT Native', { client_protocol_version: '54484' })).toMatchObject({
    text: '',
  });
  const unknown = await send("SELECT CAST('{}' AS JSON) FORMAT Native", { client_protocol_version: '54484' });
  expect(unknown).toMatchObject({ status: 501, text: expect.stringContaining('convert it by toString()') });
});
