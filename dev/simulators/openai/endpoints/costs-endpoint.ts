import type { Day } from '../arithmetic/day.ts';
import { costRows } from '../bill/cost-rows.ts';
import type { Ledger } from '../bill/ledger.ts';
import { bucketPage } from '../http/bucket-pages.ts';
import { filtered } from '../http/bucket-query.ts';
import type { Identity } from '../http/keys.ts';
import type { Knobs } from '../http/knobs.ts';
import type { SimulatedResponse } from '../http/response.ts';
import { readCostsQuery } from './costs-query.ts';

export interface CostsDeps {
  ledger: Ledger;
  knobs: Knobs;
  /** Unix seconds after which a time counts as future. */
  latest(): number;
  secret: string;
}

/** `GET /organization/costs` */
export function costs(
  params: URLSearchParams,
  { organization, idle }: Identity,
  { ledger, knobs, latest, secret }: CostsDeps,
): SimulatedResponse {
  const query = readCostsQuery(params, {
    today: ledger.today(),
    latest: latest(),
    lookbackDays: knobs.lookbackDays,
    knobs,
  });
  const facts = (day: Day) => (idle ? [] : filtered(ledger.facts(day), query, (fact, dimension) => fact[dimension]));
  const named = knobs.organizationIds ? organization : { ...organization, id: null };
  const series = {
    ...query,
    grouping: [...query.groupBy].sort().join(),
    facts,
    rows: (day: Day) => costRows(day, facts(day), query.groupBy, named),
  };
  const binding = {
    secret,
    endpoint: 'costs',
    organizationId: organization.id,
    params,
    revision: ledger.revision(),
    maxAgeSeconds: knobs.pageTokenSeconds,
  };
  return bucketPage(params, series, binding, knobs);
}
