import { activityInfo, cancellationSignal, log } from '@temporalio/activity';
import { ApplicationFailure } from '@temporalio/common';
import { daysReadSince } from '#clickhouse/coverage/due-days.ts';
import { MoneyError } from '#clickhouse/day-rows/scale.ts';
import { makeRevision } from '#clickhouse/revision/data-revision.ts';
import { daysOf, laterDay } from '#domain/day.ts';
import { type IntegrationKey, isAccessProblem, isKeyProblem } from '#domain/integration.ts';
import type { Slice, SlicesReport } from '#domain/slice.ts';
import type { SyncMode } from '#domain/sync.ts';
import { ProviderError } from '#providers/http/error.ts';
import { WindowTooLargeError } from '#providers/reports/window.ts';
import type { Dependencies } from '../context/dependencies.ts';
import { toFailure } from '../context/failures.ts';
import { keepRegion, startReading } from '../context/start-reading.ts';
import { dayWriter } from './day-writer.ts';
import { needsOutline, writeOutline } from './outline.ts';
import { readInLanes, type Scope } from './read-in-lanes.ts';
import { readSlice } from './read-slice.ts';

/**
 * Reads slices of any datasets from OpenAI, and replaces the changed days by few inserts. What was read is written even
 * if other slices fail; a retry reads only the rest.
 * @returns counts, and the slices that could not be read: their datasets can be retried by themselves
 * @throws the failure of a slice where no slice could be read, or all have to wait for a rate limit
 */
export function syncSlices(
  dependencies: Dependencies,
  input: IntegrationKey & { mode: SyncMode; slices: Slice[] },
): Promise<SlicesReport> {
  return dependencies.heldDays.whileHolding(() => sync(dependencies, input));
}

async function sync(
  dependencies: Dependencies,
  { mode, slices, ...key }: IntegrationKey & { mode: SyncMode; slices: Slice[] },
): Promise<SlicesReport> {
  const reading = await startReading(dependencies, key);
  const { integration, adminKey, clock, region } = reading;
  // A backfill is planned before its costs show where the history begins. Usage of older days would explain nothing.
  const usageFrom = mode === 'backfill' ? integration.history_from : '';
  const wanted = slices.filter(({ dataset, to }) => dataset === 'costs' || to > usageFrom);
  const left = await slicesLeft(dependencies, key, wanted);

  const { openai, admit, sizes } = dependencies;
  const { organization_id: organizationId } = integration;
  const reader = { openai, adminKey, organizationId, clock, signal: cancellationSignal(), region };
  const writer = dayWriter(dependencies, key);
  let earliest: string | undefined;
  const { succeeded, failures } = await readInLanes(left, {
    async read(window) {
      const read = await admit(sizes.bytesOf(key, window), () => readSlice(reader, window)).catch((error: unknown) => {
        if (error instanceof WindowTooLargeError) sizes.note(key, window, [error.factsPerDay]);
        throw error;
      });
      sizes.note(
        key,
        window,
        read.rows.map(({ items }) => items),
      );
      if (read.earliest) earliest = laterDay(earliest ?? '', read.earliest);
      // By now a response is a few bytes a fact: others are read while these are written.
      await writer.add(read.rows);
      if (read.failure) throw read.failure;
    },
    scopeOf,
    split: (slice) => sizes.split(key, slice),
    isKnown: ({ dataset, ...range }) => dataset !== 'costs' || sizes.isKnown(key, { dataset, ...range }),
    async prepare(slice) {
      if (!needsOutline(dependencies, key, mode, slice, clock())) return;
      await Promise.all([writer.flush(), writeOutline(dependencies, key, reader, slice)]);
    },
  });
  await writer.flush();
  await keepRegion(dependencies, reading);
  const failed = [...failures].filter(([slice, error]) => !isLeftOut(slice, error));
  throwIfNoneSucceeded(failed, succeeded);
  return { ...writer.written, earliest, failed: failed.map(([slice, error]) => ({ slice, type: typeOf(error) })) };
}

/**
 * The slices that no earlier attempt has written. Each attempt starts with another one, so that a slice that OpenAI
 * fails to return does not hold up the others of its dataset.
 */
async function slicesLeft(
  { warehouse }: Pick<Dependencies, 'warehouse'>,
  key: IntegrationKey,
  slices: Slice[],
): Promise<Slice[]> {
  const { attempt, scheduledTimestampMs } = activityInfo();
  if (attempt === 1) return slices;
  const done = await daysReadSince(warehouse, key, scheduledTimestampMs);
  // An insert that broke off may have left days without a new revision, and nothing may be left to be written.
  await makeRevision(warehouse, key.tenant_id);
  const places = new Set(done.map(({ dataset, day }) => `${dataset} ${day}`));
  const isDone = ({ dataset, ...range }: Slice) => daysOf(range).every((day) => places.has(`${dataset} ${day}`));
  const left = slices.filter((slice) => !isDone(slice));
  const turn = (attempt - 1) % (left.length || 1);
  return [...left.slice(turn), ...left.slice(0, turn)];
}

/** An endpoint may be away, refused or limited. Errors that are not the provider's concern all; others the slice alone. */
function scopeOf(error: unknown): Scope {
  if (error instanceof MoneyError) return 'slice';
  if (!(error instanceof ProviderError)) return 'all';
  const { kind } = error;
  return kind === 'rate_limited' || kind === 'provider_unavailable' || isKeyProblem(kind) || isAccessProblem(kind)
    ? 'dataset'
    : 'slice';
}

/** Usage that the key may not read, or that the organization does not have, is left out: it must not fail the sync. */
function isLeftOut({ dataset }: Slice, error: unknown): boolean {
  if (!(error instanceof ProviderError) || dataset === 'costs') return false;
  const isNotOffered = dataset === 'usage/decisions' && error.status === 404; // of other endpoints, an outage
  const isMissing = error.kind === 'scope_missing' || isNotOffered;
  if (isMissing) log.info('usage is left out: not offered, or the key lacks the scope', { dataset });
  return isMissing;
}

function throwIfNoneSucceeded(failed: readonly [Slice, unknown][], succeeded: number): void {
  const errors = failed.map(([, error]) => error);
  const ending = errors.find((error) => scopeOf(error) === 'all') ?? errors.find(isRateLimited); // Temporal waits
  if (ending) throw ending;
  if (succeeded > 0 || errors.length === 0) return;
  throw errors.find((error) => !isFinal(error)) ?? errors[0];
}

const isRateLimited = (error: unknown) => error instanceof ProviderError && error.kind === 'rate_limited';

const isFinal = (error: unknown) => {
  const failure = toFailure(error);
  return failure instanceof ApplicationFailure && failure.nonRetryable === true;
};

function typeOf(error: unknown): string {
  const failure = toFailure(error);
  return (failure instanceof ApplicationFailure && failure.type) || 'unknown';
}
