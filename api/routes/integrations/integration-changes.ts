import { EventEmitter } from 'node:events';
import { isDeepStrictEqual } from 'node:util';
import { ServiceError } from '@temporalio/client';
import { WarehouseError } from '#clickhouse/client/client.ts';
import { readRevision } from '#clickhouse/coverage/revision.ts';
import type { IntegrationKey } from '#domain/integration.ts';
import { Problem } from '../../problem/problem.ts';
import type { Dependencies } from '../dependencies.ts';
import { type IntegrationView, viewIntegration } from './integration-view.ts';

/** While a backfill runs, somebody watches it grow. */
const POLL_MS = { backfilling: 1_000, otherwise: 5_000 };

type Watched = {
  key: IntegrationKey;
  revision: string;
  view: IntegrationView | undefined;
  /** Why there is nothing more to see. */
  failure: unknown;
  changes: EventEmitter;
  readers: number;
  /** The first look at it. */
  begun: Promise<void>;
  timer: NodeJS.Timeout | undefined;
};

/** Looks at integrations for those who watch them: as often for many readers of one as for one. */
export function watchIntegrations(dependencies: Dependencies) {
  const all = new Map<string, Watched>();
  const nameOf = ({ tenant_id, integration_id }: IntegrationKey) => JSON.stringify([tenant_id, integration_id]);

  /**
   * An integration as it is now and whenever it has changed; undefined each time that nothing happens for `quietMs`.
   * Ends with the signal, or with the integration. @throws Problem not_found where the tenant has none of this id
   */
  return async function watch(key: IntegrationKey, quietMs: number, signal: AbortSignal) {
    const watched = all.get(nameOf(key)) ?? begin(key);
    watched.readers += 1;
    // Not left to the reading to end: whoever goes early may never have begun.
    if (signal.aborted) leave(watched);
    else signal.addEventListener('abort', () => leave(watched), { once: true });
    await watched.begun;
    if (watched.failure) throw watched.failure;
    return read(watched, quietMs, signal);
  };

  function begin(key: IntegrationKey): Watched {
    const watched: Watched = {
      key,
      revision: '',
      view: undefined,
      failure: undefined,
      changes: new EventEmitter().setMaxListeners(0),
      readers: 0,
      begun: Promise.resolve(),
      timer: undefined,
    };
    all.set(nameOf(key), watched);
    watched.begun = look(watched);
    return watched;
  }

  async function look(watched: Watched) {
    try {
      await refresh(dependencies, watched);
    } catch (error) {
      // A server that is away for a moment comes back: who watches already has nothing to do about it.
      if (!watched.view || !(error instanceof WarehouseError || error instanceof ServiceError)) end(watched, error);
    }
    if (watched.readers === 0 || watched.failure) return;
    const pause = watched.view?.status === 'backfilling' ? POLL_MS.backfilling : POLL_MS.otherwise;
    watched.timer = setTimeout(() => look(watched), pause);
  }

  function leave(watched: Watched) {
    watched.readers -= 1;
    if (watched.readers === 0) forget(watched);
  }

  function end(watched: Watched, failure: unknown) {
    watched.failure = failure;
    forget(watched);
    watched.changes.emit('change');
  }

  function forget(watched: Watched) {
    clearTimeout(watched.timer);
    if (all.get(nameOf(watched.key)) === watched) all.delete(nameOf(watched.key));
  }
}

/** Looks whether the tenant's data have changed at all before it looks at the integration. */
async function refresh(dependencies: Dependencies, watched: Watched) {
  const revision = await readRevision(dependencies.warehouse, watched.key.tenant_id);
  if (revision === watched.revision) return;
  const view = await viewIntegration(dependencies, watched.key);
  watched.revision = revision; // of before the view: what has changed in between is seen at the next look
  if (isDeepStrictEqual(view, watched.view)) return;
  watched.view = view;
  watched.changes.emit('change');
}

async function* read(watched: Watched, quietMs: number, signal: AbortSignal) {
  let shown: IntegrationView | undefined;
  while (!signal.aborted) {
    if (watched.failure instanceof Problem) return; // it is not there any more
    if (watched.failure) throw watched.failure;
    const { view } = watched;
    yield view === shown ? undefined : view;
    shown = view;
    if (watched.view === shown && !watched.failure) await changeOrQuiet(watched.changes, quietMs, signal);
  }
}

/** Until there is a change, but no longer than so many milliseconds, or than the signal lasts. */
function changeOrQuiet(changes: EventEmitter, quietMs: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const wake = () => {
      clearTimeout(timer);
      changes.off('change', wake);
      signal.removeEventListener('abort', wake);
      resolve();
    };
    const timer = setTimeout(wake, quietMs);
    changes.on('change', wake);
    signal.addEventListener('abort', wake);
  });
}
