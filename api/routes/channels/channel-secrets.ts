import { z } from 'zod';
import { storeChannelSecret } from '#clickhouse/channels/channel-secrets.ts';
import type { ChannelKind } from '#domain/channels/channel.ts';
import { type FieldError, Problem } from '../../problem/problem.ts';
import type { Dependencies } from '../dependencies.ts';

/** 24 to 64 bytes, as Standard Webhooks has it. */
const SIGNING_SECRET = /^whsec_(?:[A-Za-z0-9+/]{4}){8,21}(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/** The secrets of a channel in a request; no response shows them. */
export const secretFields = {
  url: z.string('must be text').max(2000, 'must have at most 2000 characters').optional().meta({
    description: 'Where messages are posted to: of the kinds webhook and slack. It is sealed and never shown',
  }),
  signing_secret: z
    .string('must be text')
    .regex(SIGNING_SECRET, 'must be whsec_ and 24 to 64 bytes in base64')
    .optional()
    .meta({
      description:
        'What messages are signed with: of the kind webhook. Make one with `echo whsec_$(openssl rand -base64 32)`. It is sealed and never shown',
    }),
};

type Given = { url?: string | undefined; signing_secret?: string | undefined; recipients: readonly string[] };

/**
 * Checks that a channel has what its kind needs, and nothing else.
 * @param isNew whether its secrets must be given
 */
export function checkDestination(
  { allowPrivateChannels }: Pick<Dependencies, 'allowPrivateChannels'>,
  kind: ChannelKind,
  { url, signing_secret, recipients }: Given,
  isNew: boolean,
): void {
  const errors: FieldError[] = [];
  const check = (isRight: boolean, pointer: string, message: string) => {
    if (!isRight) errors.push({ pointer, message });
  };
  if (kind === 'email') {
    check(recipients.length > 0, '/recipients', 'must have at least one address');
    check(url === undefined, '/url', 'must not be given for e-mail');
  } else {
    check(recipients.length === 0, '/recipients', 'must be empty: only e-mails have recipients');
    const isUrl = url === undefined ? !isNew : isAcceptable(url, allowPrivateChannels);
    const wanted = 'must be a URL that begins with https:// and has a name, not an address, as its host';
    check(isUrl, '/url', allowPrivateChannels ? 'must be a URL' : wanted);
  }
  if (kind !== 'webhook')
    check(signing_secret === undefined, '/signing_secret', 'must not be given: only webhooks are signed');
  else check(signing_secret !== undefined || !isNew, '/signing_secret', 'must be given for a webhook');
  if (errors.length > 0) throw new Problem('invalid_request', { errors });
}

function isAcceptable(text: string, allowPrivateChannels: boolean): boolean {
  const url = URL.parse(text);
  if (!url || url.username || url.password) return false;
  if (allowPrivateChannels) return url.protocol === 'https:' || url.protocol === 'http:';
  return url.protocol === 'https:' && isName(url.hostname);
}

/** What a name leads to is checked at delivery. `URL` writes every form of an IPv4 address with four numbers. */
function isName(hostname: string): boolean {
  return hostname.includes('.') && !/^[\d.]+$|^\[|(^|\.)localhost\.?$/.test(hostname);
}

/** Seals and stores the secrets that were given. */
export async function storeSecrets(
  { warehouse, sealer }: Pick<Dependencies, 'warehouse' | 'sealer'>,
  owner: { tenant_id: string; channel_id: string },
  { url, signing_secret }: Omit<Given, 'recipients'>,
): Promise<void> {
  if (url !== undefined) await storeChannelSecret({ warehouse, sealer }, owner, 'url', url);
  if (signing_secret !== undefined) {
    await storeChannelSecret({ warehouse, sealer }, owner, 'signing_secret', signing_secret);
  }
}

export const hostOf = (url: string): string => new URL(url).host;
