import { Agent, request } from 'undici';
import type { Sent } from '#domain/channels/send.ts';
import { retryAfterMs } from '#providers/http/retry-after.ts';
import { lookupPublic, PrivateAddressError, refusePrivateHost } from './public-address.ts';

/** Posts JSON to a receiver, once. It does not throw, and no redirect is followed. */
export type Post = (url: string, body: string, headers: Record<string, string>) => Promise<Sent>;

const TIMEOUT_MS = 15_000;
/** What a receiver responds with is not read; this much is, so that the connection can be used again. */
const MAX_BYTES = 64 * 1024;

/** @param mayBePrivate whether receivers may be on private addresses, and without TLS */
export function createPost({ mayBePrivate }: { mayBePrivate: boolean }): Post {
  const dispatcher = new Agent({
    connect: { timeout: TIMEOUT_MS, ...(!mayBePrivate && { lookup: lookupPublic }) },
    headersTimeout: TIMEOUT_MS,
    bodyTimeout: TIMEOUT_MS,
  });
  return async (text, body, headers) => {
    try {
      const url = new URL(text);
      if (!mayBePrivate) {
        if (url.protocol !== 'https:') return { outcome: 'address_refused', status: 0 };
        refusePrivateHost(url);
      }
      const response = await request(url, {
        method: 'POST',
        dispatcher,
        headers: { 'content-type': 'application/json', 'user-agent': 'pump-openai-costs', ...headers },
        body,
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
      await response.body.dump({ limit: MAX_BYTES });
      const { statusCode: status } = response;
      const outcome = status < 300 ? 'delivered' : status < 400 ? 'redirected' : 'refused';
      // The receiver says that it is gone for good.
      return { outcome, status, retryAfterMs: retryAfterMs(response.headers), isFinal: status === 410 };
    } catch (error) {
      return { outcome: outcomeOf(error), status: 0 };
    }
  };
}

function outcomeOf(error: unknown): Sent['outcome'] {
  if (error instanceof PrivateAddressError) return 'address_refused';
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return /CERT|TLS|SIGNED|SIGNATURE/.test(code) ? 'certificate_invalid' : 'unreachable';
}
