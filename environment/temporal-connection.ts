import { readFileSync } from 'node:fs';
import { type ClientConfigProfile, loadClientConfigProfile, toClientOptions } from '@temporalio/envconfig';
import { z } from 'zod';

const text = z.string().min(1);
const address = text.regex(/^[^/\s]+:\d+$/, 'must be host:port, without a scheme');

/** The settings that lead to Temporal, by the names that Temporal's own tools and SDKs use. */
export const temporalSettings = {
  TEMPORAL_ADDRESS: address
    .optional()
    .describe('The host:port of an existing Temporal server; without it, one is embedded'),
  TEMPORAL_NAMESPACE: text.optional().describe('The Temporal namespace'),
  TEMPORAL_API_KEY: text
    .optional()
    .describe('The API key that Temporal asks for, as Temporal Cloud does; turns TLS on'),
  TEMPORAL_TLS: z
    .enum(['true', 'false'], 'must be true or false')
    .optional()
    .describe('Whether Temporal is reached by TLS; also on where an API key or a certificate is given'),
  TEMPORAL_TLS_SERVER_CA_CERT_PATH: text
    .optional()
    .describe('The file of the CA that signed Temporal’s certificate, in PEM; without it, the public ones'),
  TEMPORAL_TLS_SERVER_CA_CERT_DATA: text.optional().describe('The same as text'),
  TEMPORAL_TLS_CLIENT_CERT_PATH: text.optional().describe('The file of the client’s certificate for mTLS, in PEM'),
  TEMPORAL_TLS_CLIENT_CERT_DATA: text.optional().describe('The same as text'),
  TEMPORAL_TLS_CLIENT_KEY_PATH: text.optional().describe('The file of the client certificate’s private key, in PEM'),
  TEMPORAL_TLS_CLIENT_KEY_DATA: text.optional().describe('The same as text'),
  TEMPORAL_TLS_SERVER_NAME: text.optional().describe('The name in Temporal’s certificate, if it is not the address’s'),
  TEMPORAL_CONFIG_FILE: text.optional().describe('A temporal.toml with profiles; variables win over it'),
  TEMPORAL_PROFILE: text.optional().describe('The profile of TEMPORAL_CONFIG_FILE that is used; default: default'),
};
type Name = keyof typeof temporalSettings;
export type TemporalSettings = { [name in Name]?: string | undefined };

/** A setting that cannot be used, and why; never its value. */
export class TemporalSettingError extends Error {
  override readonly name = 'TemporalSettingError';
  readonly setting: Name;
  constructor(setting: Name, message: string) {
    super(message);
    this.setting = setting;
  }
}

/**
 * The namespace, and how clients and workers connect to its server.
 * @throws TemporalSettingError where settings contradict each other, or would send a key in the clear
 */
export function temporalConnection(settings: TemporalSettings) {
  const { profile, options } = load(settings);
  const { apiKey, tls, metadata } = options.connectionOptions;
  const to = address.safeParse(profile.address || undefined).data;
  if (!to) throw new TemporalSettingError('TEMPORAL_ADDRESS', 'is needed, as host:port');
  const secret = apiKey
    ? 'the API key would be sent unencrypted'
    : metadata?.authorization
      ? 'the authorization of grpc_meta would be sent unencrypted'
      : profile.tls?.clientCert && 'the client certificate would not be used';
  if (!tls && secret) throw new TemporalSettingError('TEMPORAL_TLS', `is off, and ${secret}`);
  return {
    namespace: profile.namespace || 'default',
    connection: {
      address: to,
      ...(apiKey && { apiKey }),
      ...(tls && { tls }),
      ...(metadata && { metadata }),
    },
  };
}

function load(settings: TemporalSettings) {
  refuseBoth(settings);
  const { TEMPORAL_CONFIG_FILE: file, TEMPORAL_PROFILE: profile, ...variables } = settings;
  if (profile && !file) throw new TemporalSettingError('TEMPORAL_CONFIG_FILE', 'is needed for TEMPORAL_PROFILE');
  // Only what was parsed: the process's own environment may hold empty variables, which would count.
  const overrideEnvVars = Object.fromEntries(
    Object.entries(variables).filter((entry): entry is [string, string] => entry[0] in temporalSettings && !!entry[1]),
  );
  try {
    const source = file && { configSource: { data: readFileSync(file, 'utf8') }, profile: profile ?? 'default' };
    const found = loadClientConfigProfile({
      ...(source ? { ...source, configFileStrict: true } : { disableFile: true }),
      overrideEnvVars,
    });
    refuseHalf(found);
    return { profile: found, options: toClientOptions(found) };
  } catch (error) {
    if (error instanceof TemporalSettingError) throw error;
    const { code, path } = error as NodeJS.ErrnoException;
    // A parser's message quotes the lines of the file.
    if (!path) throw new TemporalSettingError('TEMPORAL_CONFIG_FILE', 'is not a temporal.toml with this profile');
    const [name = 'TEMPORAL_CONFIG_FILE'] = Object.entries(settings).find(([, value]) => value === path) ?? [];
    throw new TemporalSettingError(name as Name, `cannot be read (${code})`);
  }
}

/** Of two of the same, the loader takes one. */
function refuseBoth(settings: TemporalSettings): void {
  const given = (name: Name) => settings[name] !== undefined;
  for (const part of ['SERVER_CA_CERT', 'CLIENT_CERT', 'CLIENT_KEY'] as const) {
    const [path, data] = [`TEMPORAL_TLS_${part}_PATH`, `TEMPORAL_TLS_${part}_DATA`] as const;
    if (given(path) && given(data)) throw new TemporalSettingError(data, `is given, and so is ${path}: give one`);
  }
}

/** The loader takes half of a pair for nothing at all, wherever it comes from. */
function refuseHalf({ tls }: ClientConfigProfile): void {
  if (Boolean(tls?.clientCert) === Boolean(tls?.clientKey)) return;
  throw new TemporalSettingError(
    tls?.clientKey ? 'TEMPORAL_TLS_CLIENT_CERT_PATH' : 'TEMPORAL_TLS_CLIENT_KEY_PATH',
    'is needed: a client certificate and its key go together',
  );
}
