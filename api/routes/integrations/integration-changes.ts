import { EventEmitter, once } from 'node:events';
import { isDeepStrictEqual } from 'node:util';
import { ServiceError } from '@temporalio/client';
import { WarehouseError } from '#clickhouse/client/warehouse-error.ts';
import { readRevision } from '#clickhouse/revision/data-revision.ts';
import type { IntegrationKey } from '#domain/integration.ts';
import { Problem } from '../../problem/problem.ts';
import type { Dependencies } from '../dependencies.ts';
import { type IntegrationView, viewIntegration } from './view/integration-view.ts';

/** A backfill is polled more often, since it changes every few seconds. */
const POLL_MS = { backfilling: 1_000, otherwise: 5_000 };

type Watched = {
  key: IntegrationKey;
  revision: string;
  view: IntegrationView | undefined;
  /** Why polling has ended. */
  failure: unknown;
  changes: EventEmitter;
  readers: number;
  firstPoll: Promise<void>;
  timer: NodeJS.Timeout | undefined;
};

/** Polls integrations for all their readers together: many readers of one cost as much as one. */
export function watchIntegrations(dependencies: Dependencies) {
  const all = new Map<string, Watched>();
  const nameOf = ({ tenant_id, integration_id }: IntegrationKey) => JSON.stringify([tenant_id, integration_id]);

  /**
   * Yields an integration as it is now and after each change, and undefined whenever nothing changes for `quietMs`.
   * Ends with the signal, or when the integration is purged. @throws Problem not_found if the tenant has no such id
   */
  return async function watch(key: IntegrationKey, quietMs: number, signal: AbortSignal) {
    const watched = all.get(nameOf(key)) ?? start(key);
    watched.readers += 1;
    // Not in a `finally` of the generator: it would not run if the reader leaves before the first read.
    if (signal.aborted) leave(watched);
    else signal.addEventListener('abort', () => leave(watched), { once: true });
    await watched.firstPoll;
    if (watched.failure) throw watched.failure;
    return read(watched, quietMs, signal);
  };

  function start(key: IntegrationKey): Watched {
    const watched: Watched = {
      key,
      revision: '',
      view: undefined,
      failure: undefined,
      changes: new EventEmitter().setMaxListeners(0),
      readers: 0,
      firstPoll: Promise.resolve(),
      timer: undefined,
    };
    all.set(nameOf(key), watched);
    watched.firstPoll = poll(watched);
    return watched;
  }

  async function poll(watched: Watched) {
    try {
      await refresh(dependencies, watched);
    } catch (error) {
      // An outage of a server is over soon. Readers that have a view already wait for it.
      if (!watched.view || !(error instanceof WarehouseError || error instanceof ServiceError)) end(watched, error);
    }
    if (watched.readers === 0 || watched.failure) return;
    const pause = watched.view?.status === 'backfilling' ? POLL_MS.backfilling : POLL_MS.otherwise;
    watched.timer = setTimeout(() => poll(watched), pause);
  }

  function leave(watched: Watched) {
    watched.readers -= 1;
    if (watched.readers === 0) remove(watched);
  }

  function end(watched: Watched, failure: unknown) {
    watched.failure = failure;
    remove(watched);
    watched.changes.emit('change');
  }

  function remove(watched: Watched) {
    clearTimeout(watched.timer);
    if (all.get(nameOf(watched.key)) === watched) all.delete(nameOf(watched.key));
  }
}

/** Reads the integration only if the tenant's data have changed since the last poll. */
async function refresh(dependencies: Dependencies, watched: Watched) {
  const revision = await readRevision(dependencies.warehouse, watched.key.tenant_id);
  if (revision === watched.revision) return;
  const view = await viewIntegration(dependencies, watched.key);
  watched.revision = revision; // read before the view: the next poll sees what changed in between
  if (isDeepStrictEqual(view, watched.view)) return;
  watched.view = view;
  watched.changes.emit('change');
}

async function* read(watched: Watched, quietMs: number, signal: AbortSignal) {
  let sent: IntegrationView | undefined;
  while (!signal.aborted) {
    if (watched.failure instanceof Problem) return; // it was purged
    if (watched.failure) throw watched.failure;
    const { view } = watched;
    yield view === sent ? undefined : view;
    sent = view;
    if (watched.view === sent && !watched.failure) await changeOrQuiet(watched.changes, quietMs, signal);
  }
}

/** Resolves at the next change, after `quietMs`, or when the signal aborts. */
async function changeOrQuiet(changes: EventEmitter, quietMs: number, signal: AbortSignal): Promise<void> {
  const either = AbortSignal.any([signal, AbortSignal.timeout(quietMs)]);
  await once(changes, 'change', { signal: either }).catch(() => {});
}
