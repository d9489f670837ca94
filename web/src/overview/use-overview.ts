import type { Overview } from '#api/routes/overview/get-overview.ts';
import { useJson } from '../api/use-fetch.ts';
import { lacksPart } from './overview-part.ts';

/** The path, and the key among the queries: what changes an integration, a budget or an alert has it fetched again. */
export const OVERVIEW = '/v1/overview';

/** When it is asked for again at the latest, where it lacks a part. */
const AGAIN_MS = 10_000;

/** A button that is displayed a moment later does not ask again. */
const NEW_MS = 10_000;

type Options = {
  /** In ms, by the latest response. */
  polled?: ((latest: Overview | undefined) => number) | undefined;
  isNeeded?: boolean;
};

/** How everything of the tenant stands beside its costs: one request for the header and for all pages. */
export function useOverview({ polled, isNeeded = true }: Options = {}) {
  const { data: overview, error } = useJson<Overview>(isNeeded ? OVERVIEW : null, {
    polled: (latest) => Math.min(polled?.(latest) ?? Infinity, lacksPart(latest) ? AGAIN_MS : Infinity),
    newFor: NEW_MS,
  });
  return { overview, error };
}
