import { expect, test } from 'vitest';
import { describeConnecting, describeReading, describeStack } from '#dev/stack/addresses.ts';
import { laptopEnvironment } from '#environment/processes.ts';

const settings = laptopEnvironment.parse({ ANALYSTS: 'analyst, finance:acme' });
const stack = {
  api: 'http://127.0.0.1:8080',
  clickhouse: 'http://127.0.0.1:8123',
  temporalUi: 'http://127.0.0.1:8233',
  directory: '/home/ada/pump/.pump',
  secrets: {
    API_TOKEN: `pump_${'t'.repeat(32)}`,
    CLICKHOUSE_PASSWORD: 'secret of the owner',
    SEALING_PRIVATE_KEY: 'secret of the worker',
    SEALING_PUBLIC_KEY: 'public',
  },
};

test('what npm start prints fits into 80 columns, and names each analyst, no password of the owner', () => {
  const text = [describeStack(stack, settings), describeConnecting(stack), describeReading(stack, settings)].join('\n');
  expect(text.split('\n').filter((line) => line.length > 80)).toEqual([]);
  expect(text).not.toContain('secret of');
  expect(text).toMatch(/user {7}analyst: reads the views, writes into analytics\n {2}password {3}[0-9a-f]{32}\n/);
  expect(text).toMatch(/user {7}finance: reads the views, writes into finance\n/);
});
