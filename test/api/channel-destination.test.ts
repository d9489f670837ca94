import { expect, test } from 'vitest';
import { checkDestination } from '#api/routes/channels/channel-secrets.ts';

const isAccepted = (url: string, allowPrivateChannels = false) => {
  try {
    checkDestination({ allowPrivateChannels }, 'slack', { url, recipients: [] }, true);
    return true;
  } catch {
    return false;
  }
};

test.each([
  ['https://hooks.acme.test/a', true],
  ['https://hooks.acme.test:8443/a', true],
  ['http://hooks.acme.test/a', false],
  ['https://127.0.0.1/', false],
  ['https://0x7f.1/', false],
  ['https://2130706433/', false],
  ['https://[::1]/', false],
  ['https://93.184.215.14/', false],
  ['https://localhost/', false],
  ['https://a.localhost/', false],
  ['https://LOCALHOST./', false],
  ['https://hooks/', false],
])('without leave for private addresses, %s is accepted: %s', (url, expected) => {
  expect(isAccepted(url)).toBe(expected);
});

test('with it, every address is', () => {
  expect(isAccepted('http://127.0.0.1:8080/', true)).toBe(true);
});
