import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { z } from 'zod';
import { generateKeyPair, publicKeyOf } from '#credentials/key-pair.ts';
import { Problem } from '../../cli/user-error.ts';
import { writeAtomically } from '../system/write-atomically.ts';

const kept = z.object({
  API_TOKEN: z.string().min(16),
  CLICKHOUSE_PASSWORD: z.string().min(16),
  SEALING_PRIVATE_KEY: z.string().length(43),
});

export type Secrets = z.infer<typeof kept> & { SEALING_PUBLIC_KEY: string };
export type GivenSecrets = { [Name in keyof Secrets]?: Secrets[Name] | undefined };

/**
 * The secrets of an installation: those that are given, and for the others ones that are made once and kept in `file`.
 * @throws Problem when the given sealing keys do not fit together, or the file is not readable
 */
export function keepSecrets(file: string, given: GivenSecrets): Secrets {
  if (given.SEALING_PUBLIC_KEY && !given.SEALING_PRIVATE_KEY) {
    throw new Problem(
      'SEALING_PUBLIC_KEY is given without SEALING_PRIVATE_KEY, so the worker could not open what the API seals: ' +
        'give both, or neither to have a pair made.',
    );
  }
  const own = existsSync(file) ? readSecrets(file) : makeSecrets(file);
  const privateKey = given.SEALING_PRIVATE_KEY ?? own.SEALING_PRIVATE_KEY;
  const publicKey = publicKeyOf(privateKey);
  if (given.SEALING_PUBLIC_KEY && given.SEALING_PUBLIC_KEY !== publicKey) {
    throw new Problem('SEALING_PUBLIC_KEY does not belong to SEALING_PRIVATE_KEY: give the two halves of one pair.');
  }
  return {
    API_TOKEN: given.API_TOKEN ?? own.API_TOKEN,
    CLICKHOUSE_PASSWORD: given.CLICKHOUSE_PASSWORD ?? own.CLICKHOUSE_PASSWORD,
    SEALING_PRIVATE_KEY: privateKey,
    SEALING_PUBLIC_KEY: publicKey,
  };
}

function makeSecrets(file: string): z.infer<typeof kept> {
  const secrets = {
    API_TOKEN: `pump_${randomBytes(24).toString('base64url')}`,
    CLICKHOUSE_PASSWORD: randomBytes(24).toString('hex'), // no character that a shell or a URL would take apart
    SEALING_PRIVATE_KEY: generateKeyPair().privateKey,
  };
  writeAtomically(file, `${JSON.stringify(secrets, null, 2)}\n`);
  return secrets;
}

function readSecrets(file: string): z.infer<typeof kept> {
  try {
    return kept.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    throw new Problem(
      `${file} does not hold the secrets that were kept in it: bring it back from a backup, or delete it, ` +
        'have new ones made and connect each OpenAI key again.',
    );
  }
}
