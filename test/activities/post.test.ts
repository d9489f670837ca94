import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createPost } from '#activities/delivery/post.ts';
import { isPublic } from '#activities/delivery/public-address.ts';

let port: number;
const requests: string[] = [];
const respond: RequestListener = (request, response) => {
  requests.push(`${request.method} ${request.url}`);
  const status = Number(request.url?.slice(1));
  response
    .writeHead(status, { location: '/200', ...(status === 429 && { 'retry-after': '7' }) })
    .end('a'.repeat(100_000));
};
const server = createServer(respond);
beforeAll(async () => {
  server.listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  ({ port } = server.address() as AddressInfo);
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

test.each([
  [200, { outcome: 'delivered', status: 200 }],
  [204, { outcome: 'delivered', status: 204 }],
  [302, { outcome: 'redirected', status: 302 }],
  [410, { outcome: 'refused', status: 410 }],
  [429, { outcome: 'refused', status: 429, retryAfterMs: 7_000 }],
  [500, { outcome: 'refused', status: 500 }],
])('a response of %i is a receipt, and no redirect is followed', async (status, receipt) => {
  requests.length = 0;
  const post = createPost({ mayBePrivate: true });
  expect(await post(`http://127.0.0.1:${port}/${status}`, '{}', {})).toEqual({ isFinal: status === 410, ...receipt });
  expect(requests).toEqual([`POST /${status}`]);
});

test('a receiver that is down is unreachable', async () => {
  const post = createPost({ mayBePrivate: true });
  expect(await post('http://127.0.0.1:1/', '{}', {})).toEqual({ outcome: 'unreachable', status: 0 });
});

test('without leave, no private address is connected to, however it is written, and no URL without TLS', async () => {
  requests.length = 0;
  const post = createPost({ mayBePrivate: false });
  const refused = { outcome: 'address_refused', status: 0 };
  const hosts = ['127.0.0.1', 'localhost', '0x7f.1', '2130706433', '[::1]', '[::ffff:127.0.0.1]', '0.0.0.0'];
  for (const host of hosts)
    expect([host, await post(`https://${host}:${port}/200`, '{}', {})]).toEqual([host, refused]);
  expect(await post(`http://93.184.215.14:${port}/200`, '{}', {})).toEqual(refused);
  expect(requests).toEqual([]);
});

test.each([
  ['93.184.215.14', true],
  ['2606:2800:21f:cb07:6820:80da:af6b:8b2c', true],
  ['10.1.2.3', false],
  ['172.16.0.1', false],
  ['192.168.1.1', false],
  ['169.254.169.254', false],
  ['100.64.0.1', false],
  ['224.0.0.1', false],
  ['fd00::1', false],
  ['fe80::1', false],
  ['::ffff:10.0.0.1', false],
  ['64:ff9b::a00:1', false],
  ['::7f00:1', false],
  ['::a9fe:a9fe', false],
  ['1::1', false],
  ['4000::1', false],
  ['168.63.129.16', false],
])('%s is public: %s', (address, expected) => {
  expect(isPublic(address)).toBe(expected);
});
