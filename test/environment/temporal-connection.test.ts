import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { temporalVariables } from '#dev/stack/settings.ts';
import { parseEnvironment } from '#environment/parse.ts';
import { laptopEnvironment, workerEnvironment } from '#environment/processes.ts';
import { temporalConnection, temporalSettings } from '#environment/temporal-connection.ts';
import { tlsFile } from '../support/secured-temporal.ts';

const TEMPORAL_ADDRESS = 'temporal.test:7233';
const directory = mkdtempSync(join(tmpdir(), 'pump-profiles-'));
afterAll(() => rmSync(directory, { recursive: true }));
const [certificate, key] = [tlsFile('client.crt'), tlsFile('client.key')];

function connect(variables: Record<string, string>) {
  return temporalConnection(parseEnvironment(z.object(temporalSettings), { TEMPORAL_ADDRESS, ...variables }));
}

function profile(text: string): string {
  const file = join(directory, `${Math.random()}.toml`);
  writeFileSync(file, text);
  return file;
}

test('without more than an address, the namespace is default and nothing is encrypted', () => {
  expect(connect({})).toEqual({ namespace: 'default', connection: { address: TEMPORAL_ADDRESS } });
});

test('an empty variable is not given', () => {
  const empty = Object.fromEntries(Object.keys(temporalSettings).map((name) => [name, '']));
  expect(connect({ ...empty, TEMPORAL_ADDRESS })).toEqual(connect({}));
});

test('an API key turns TLS on', () => {
  const { connection } = connect({ TEMPORAL_API_KEY: 'a-key', TEMPORAL_NAMESPACE: 'costs.a1b2c' });
  expect(connection).toEqual({ address: TEMPORAL_ADDRESS, apiKey: 'a-key', tls: true });
});

test('a profile is used, and variables win over it', () => {
  const TEMPORAL_CONFIG_FILE = profile(
    '[profile.default]\naddress = "default:1"\n[profile.cloud]\naddress = "cloud:2"\nnamespace = "n"\napi_key = "k"\n',
  );
  const options = { TEMPORAL_CONFIG_FILE, TEMPORAL_ADDRESS: '' };
  expect(connect(options)).toEqual({ namespace: 'default', connection: { address: 'default:1' } });
  const cloud = { ...options, TEMPORAL_PROFILE: 'cloud' };
  expect(connect(cloud)).toEqual({ namespace: 'n', connection: { address: 'cloud:2', apiKey: 'k', tls: true } });
  expect(connect({ ...cloud, TEMPORAL_NAMESPACE: 'mine' }).namespace).toBe('mine');
});

test('on a laptop, what leads to another server is not for the embedded one', () => {
  const variables = (given: Record<string, string>) => {
    const settings = parseEnvironment(laptopEnvironment, { TEMPORAL_API_KEY: 'a-key', ...given });
    return temporalVariables(settings);
  };
  expect(temporalConnection(variables({}))).toEqual({
    namespace: 'default',
    connection: { address: '127.0.0.1:7233' },
  });
  expect(variables({ TEMPORAL_ADDRESS })).toMatchObject({ TEMPORAL_ADDRESS, TEMPORAL_API_KEY: 'a-key' });
});

test('an empty namespace in a profile is not given', () => {
  const TEMPORAL_CONFIG_FILE = profile('[profile.default]\naddress = "a:1"\nnamespace = ""\n');
  expect(connect({ TEMPORAL_CONFIG_FILE, TEMPORAL_ADDRESS: '' }).namespace).toBe('default');
});

describe('refused', () => {
  const withProfile = (lines: string) => ({
    TEMPORAL_ADDRESS: '',
    TEMPORAL_CONFIG_FILE: profile(`[profile.default]\naddress = "a:1"\n${lines}`),
  });
  const [half, pair] = ['client_cert_data = "c"', 'client_cert_data = "c"\nclient_key_data = "k"'];
  const inTheClear = profile(
    '[profile.default]\naddress = "a:1"\napi_key = "secret-key"\n[profile.default.tls]\ndisabled = true',
  );
  test.each<[string, Record<string, string>, string]>([
    ['an API key in the clear', { TEMPORAL_API_KEY: 'secret-key', TEMPORAL_TLS: 'false' }, 'TEMPORAL_TLS: is off'],
    ['the same in a profile', { TEMPORAL_CONFIG_FILE: inTheClear }, 'TEMPORAL_TLS is off'],
    [
      'an authorization in the clear',
      withProfile('[profile.default.grpc_meta]\nAuthorization = "Bearer secret-key"'),
      'TEMPORAL_TLS is off, and the authorization',
    ],
    [
      'a certificate without TLS',
      { TEMPORAL_TLS: 'false', TEMPORAL_TLS_CLIENT_CERT_PATH: certificate, TEMPORAL_TLS_CLIENT_KEY_PATH: key },
      'TEMPORAL_TLS: is off, and the client certificate',
    ],
    [
      'the same in a profile',
      withProfile(`[profile.default.tls]\ndisabled = true\n${pair}`),
      'TEMPORAL_TLS is off, and the client certificate',
    ],
    [
      'half a pair in a profile',
      withProfile(`[profile.default.tls]\n${half}`),
      'TEMPORAL_TLS_CLIENT_KEY_PATH is needed',
    ],
    ['what is neither true nor false', { TEMPORAL_TLS: 'yes' }, 'TEMPORAL_TLS: must be true or false'],
    ['an address with a scheme', { TEMPORAL_ADDRESS: 'http://a:7233' }, 'TEMPORAL_ADDRESS: must be host:port'],
    ['an address without a port', { TEMPORAL_ADDRESS: 'a' }, 'TEMPORAL_ADDRESS: must be host:port'],
    ['no address', { TEMPORAL_ADDRESS: '' }, 'TEMPORAL_ADDRESS is needed'],
    ['a certificate alone', { TEMPORAL_TLS_CLIENT_CERT_PATH: certificate }, 'TEMPORAL_TLS_CLIENT_KEY_PATH is needed'],
    ['a key alone', { TEMPORAL_TLS_CLIENT_KEY_PATH: key }, 'TEMPORAL_TLS_CLIENT_CERT_PATH is needed'],
    [
      'a certificate twice',
      { TEMPORAL_TLS_SERVER_CA_CERT_PATH: certificate, TEMPORAL_TLS_SERVER_CA_CERT_DATA: 'secret-key' },
      'TEMPORAL_TLS_SERVER_CA_CERT_DATA: is given, and so is TEMPORAL_TLS_SERVER_CA_CERT_PATH',
    ],
    ['a file that is not there', { TEMPORAL_TLS_SERVER_CA_CERT_PATH: '/no' }, 'CA_CERT_PATH: cannot be read (ENOENT)'],
    ['a profile without a file', { TEMPORAL_PROFILE: 'cloud' }, 'TEMPORAL_CONFIG_FILE is needed for TEMPORAL_PROFILE'],
    ['no such file', { TEMPORAL_CONFIG_FILE: '/no' }, 'TEMPORAL_CONFIG_FILE: cannot be read (ENOENT)'],
    ['no such profile', { TEMPORAL_CONFIG_FILE: inTheClear, TEMPORAL_PROFILE: 'x' }, 'is not a temporal.toml'],
    ['a broken file', { TEMPORAL_CONFIG_FILE: profile('api_key = secret-key') }, 'is not a temporal.toml'],
  ])('%s', (_, variables, message) => {
    const needed = { CLICKHOUSE_URL: 'http://c', SEALING_PRIVATE_KEY: 'a'.repeat(43), TEMPORAL_ADDRESS };
    const parse = () => parseEnvironment(workerEnvironment, { ...needed, ...variables });
    expect(parse).toThrow(message);
    expect(parse).not.toThrow('secret-key');
  });
});
