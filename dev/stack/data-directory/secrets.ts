import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { z } from 'zod';
import { generateKeyPair, publicKeyOf } from '#credentials/key-pair.ts';
import { UserError } from '../../cli/user-error.ts';
import { writeAtomically } from '../system/write-atomically.ts';

const storedSecrets = z.object({
  API_TOKEN: z.string().min(16),
  CLICKHOUSE_PASSWORD: z.string().min(16),
  SEALING_PRIVATE_KEY: z.string().length(43),
});

export type Secrets = z.infer<typeof storedSecrets> & { SEALING_PUBLIC_KEY: string };
export type GivenSecrets = { [Name in keyof Secrets]?: Secrets[Name] | undefined };

/**
 * The secrets of an installation: the given ones, and for the others those in `file`, generated at the first start.
 * @throws UserError when the given sealing keys are not a pair, or the file cannot be read
 */
export function loadSecrets(file: string, given: GivenSecrets): Secrets {
  if (given.SEALING_PUBLIC_KEY && !given.SEALING_PRIVATE_KEY) {
    throw new UserError(
      'SEALING_PUBLIC_KEY is given without SEALING_PRIVATE_KEY, so the worker could not open what the API seals: ' +
        'set both, or neither to have a pair generated.',
    );
  }
  const stored = existsSync(file) ? readSecrets(file) : generateSecrets(file);
  const privateKey = given.SEALING_PRIVATE_KEY ?? stored.SEALING_PRIVATE_KEY;
  const publicKey = publicKeyOf(privateKey);
  if (given.SEALING_PUBLIC_KEY && given.SEALING_PUBLIC_KEY !== publicKey) {
    throw new UserError('SEALING_PUBLIC_KEY does not belong to SEALING_PRIVATE_KEY: set the two halves of one pair.');
  }
  return {
    API_TOKEN: given.API_TOKEN ?? stored.API_TOKEN,
    CLICKHOUSE_PASSWORD: given.CLICKHOUSE_PASSWORD ?? stored.CLICKHOUSE_PASSWORD,
    SEALING_PRIVATE_KEY: privateKey,
    SEALING_PUBLIC_KEY: publicKey,
  };
}

function generateSecrets(file: string): z.infer<typeof storedSecrets> {
  const secrets = {
    API_TOKEN: `pump_${randomBytes(24).toString('base64url')}`,
    CLICKHOUSE_PASSWORD: randomBytes(24).toString('hex'), // hex: safe in a shell and in a URL
    SEALING_PRIVATE_KEY: generateKeyPair().privateKey,
  };
  writeAtomically(file, `${JSON.stringify(secrets, null, 2)}\n`);
  return secrets;
}

function readSecrets(file: string): z.infer<typeof storedSecrets> {
  try {
    return storedSecrets.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    throw new UserError(
      `${file} does not hold the secrets that were stored in it: restore it from a backup, or delete it and connect ` +
        'each OpenAI key again.',
    );
  }
}
