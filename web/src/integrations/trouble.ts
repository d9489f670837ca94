import type { IntegrationView } from '#api/routes/integrations/view/integration-view.ts';
import { addDays, dayAt } from '#domain/day.ts';
import { localTime } from '../ui/format/day.ts';
import { describeStatus } from './status-text.ts';
import { isFilling, isStopped } from './use-integrations.ts';

/** Why an integration's figures are not what they should be, since when, and what helps. */
export type Trouble = {
  title: string;
  detail: string;
  /** `mayDo`: what a token needs for it; every token may look. */
  action: { label: string; href: string; mayDo?: 'integrations:write' };
};

/** It is synced daily: without one for two days, something is wrong. */
const STALE_MS = 48 * 3_600_000;

/** Undefined where nothing is wrong. */
export function troubleOf(integration: IntegrationView, now: number): Trouble | undefined {
  const { id, problem, last_synced_at } = integration;
  const since = last_synced_at ? ` The figures are as of ${localTime(last_synced_at)}.` : '';
  if (isStopped(integration)) {
    const label = problem ? 'Replace key' : 'Connect a key';
    return {
      title: problem?.title ?? 'No new days arrive',
      detail: `${problem?.detail ?? describeStatus(integration)}${since}`,
      action: { label, href: `/connect?integration=${id}`, mayDo: 'integrations:write' },
    };
  }
  const look = (label: string) => ({ label, href: `/integrations/${id}` });
  if (problem?.code === 'not_reconciled') return { ...problem, action: look('Show the days') };
  if (problem) return { ...problem, detail: `${problem.detail}${since}`, action: look('Show its state') };
  const isStale = last_synced_at !== null && now - Date.parse(last_synced_at) > STALE_MS;
  if (!isStale || isFilling(integration)) return undefined;
  const detail = 'No sync has ended for two days, though one is due daily. The log of the workers says why.';
  return { title: 'No new days arrive', detail: `${detail}${since}`, action: look('Show its state') };
}

/**
 * The newest complete day, where newer ones should be there; undefined where the figures are as new as they can be.
 * Without integrations, which could not be loaded, nobody knows whether they are.
 */
export function staleSince(
  integrations: readonly IntegrationView[] | undefined,
  syncedThrough: string | null,
  now: number,
): string | null | undefined {
  if (!integrations) return syncedThrough;
  const isTroubled = integrations.some(
    (each) => troubleOf(each, now) && (isStopped(each) || each.problem?.code !== 'not_reconciled'),
  );
  const isBehind = syncedThrough !== null && syncedThrough < addDays(dayAt(now), -2) && !integrations.some(isFilling);
  return isTroubled || isBehind ? syncedThrough : undefined;
}
