import type { Product } from './product.ts';

/** What the webhook's messages are signed with. */
export const SIGNING_SECRET = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
/** What is spent on the first day already. */
export const BUDGET = { name: 'All', amount: '1', period: 'year' };

/** Sets a budget that every connection exceeds, and a webhook that gets its alerts. */
export async function watchAlerts({ api, receiver }: Product): Promise<void> {
  const channel = { kind: 'webhook', name: 'Ops', url: receiver.url, signing_secret: SIGNING_SECRET };
  for (const [path, body] of [
    ['/v1/budgets', BUDGET],
    ['/v1/channels', channel],
  ] as const) {
    const { status, code } = await api.call('POST', path, body);
    if (status !== 201) throw new Error(`POST ${path}: ${status} ${code}`);
  }
}
