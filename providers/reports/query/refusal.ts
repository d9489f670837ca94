import type { Day } from '#domain/day.ts';
import { ProviderError, type ProviderErrorDetails } from '../../http/error.ts';

/**
 * Why a query was refused. Holds no text of the provider's: the day is checked and the dimensions are our own names.
 * `areUnknown`: the provider lists the dimensions that it has, for whatever days, and these are not among them.
 * `earliest`: the day that it names, be it that of the dimensions or of all costs.
 */
export type Refusal =
  | { about: 'lookback'; earliest: Day | undefined } // it starts before the first day that is still reported
  | { about: 'limit' } // the page size
  | { about: 'end_time' }
  | ({ about: 'dimensions'; named: string[]; areUnknown: boolean; earliest: Day | undefined } & OfStart)
  | { about: 'group_by' } // the name of the parameter, not its values
  | ({ about: 'unknown' } & OfStart); // dimensions are the usual reason

/** Whether the grouping is refused because the query starts too early, so that earlier starts are refused as well. */
type OfStart = { isOfStart: boolean };

/** A `bad_request` whose reason was read: an adapted query may be accepted. */
export class QueryRefusedError extends ProviderError {
  readonly refusal: Refusal;

  constructor(refusal: Refusal, details: ProviderErrorDetails) {
    super('bad_request', details);
    this.refusal = refusal;
  }
}
