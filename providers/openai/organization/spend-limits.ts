import { z } from 'zod';
import { type Decimal, divideDecimals } from '#domain/decimal.ts';
import type { SpendLimit } from '#domain/spend-limit.ts';
import { readList } from '../../http/cursor-list.ts';
import { ProviderError } from '../../http/error.ts';
import { decimalOf, string, text } from '../../http/fields.ts';
import type { Get, RequestOptions } from '../../http/get.ts';
import { projectPath } from './project-path.ts';

/** OpenAI's amounts are cents. Null where none is set. */
const dollars = text.transform((sent): Decimal | null => divideDecimals(decimalOf(sent) || '0', '100', 18));
const threshold = { threshold_amount: dollars, currency: text, interval: text };
const hardLimit = z.looseObject({ ...threshold, enforcement: z.looseObject({ status: text }).nullish() }).nullable();
const alert = z.looseObject({ id: string, ...threshold });

/** `isComplete`: false where the hard limit or the alerts were refused, so that more may be set. */
export type FoundLimits = { limits: SpendLimit[]; isComplete: boolean };

/**
 * The hard limit and the alerts of a project, or of the organization where `projectId` is ''. Where one of the two is
 * refused, the other one counts. The recipients of alerts are not read. Throws ProviderError: `scope_missing` where the
 * key may read neither.
 */
export async function readSpendLimits(get: Get, projectId: string, options: RequestOptions): Promise<FoundLimits> {
  const pathOf = (list: string) => (projectId === '' ? `/organization/${list}` : projectPath(projectId, list));
  const list = { endpoint: pathOf('spend_alerts'), params: [], item: alert };
  const found = {
    limit: await get(pathOf('spend_limit'), [], hardLimit, options).then(({ value }) => value, orNotSet),
    alerts: await readList(get, list, options).catch(orNotSet),
  };
  if (found.limit instanceof ProviderError && found.alerts instanceof ProviderError) throw found.limit;
  const isComplete = !(found.limit instanceof ProviderError || found.alerts instanceof ProviderError);
  const limit = found.limit instanceof ProviderError ? null : found.limit;
  const alerts = found.alerts instanceof ProviderError ? [] : (found.alerts ?? []);
  const set = [
    ...(limit ? [{ kind: 'hard_limit' as const, limit_id: '', ...limit, status: limit.enforcement?.status }] : []),
    ...alerts.map(({ id, ...rest }) => ({ kind: 'alert' as const, limit_id: id, ...rest, status: undefined })),
  ];
  const limits = set.flatMap(({ kind, limit_id, threshold_amount, currency, interval, status }) => {
    if (!threshold_amount || !STORABLE.test(threshold_amount)) return [];
    return {
      kind,
      limit_id,
      project_id: projectId,
      amount: threshold_amount,
      currency: currency.toLowerCase() || 'usd',
      interval: interval.toLowerCase() || 'month',
      is_enforcing: status === 'enforcing',
    };
  });
  return { limits, isComplete };
}

/** More than nothing, and no more digits than money is stored with. */
const STORABLE = /^(?=[\d.]*[1-9])\d{1,18}(\.|$)/;

/** Null for a 404, where nothing is set or the organization has no limits, and of an archived project. */
function orNotSet(error: unknown): ProviderError | null {
  if (!(error instanceof ProviderError)) throw error;
  if (error.status === 404 || error.kind === 'project_archived') return null;
  if (error.kind === 'scope_missing' || error.kind === 'bad_request') return error;
  throw error;
}
