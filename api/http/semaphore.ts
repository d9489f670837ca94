import { Problem } from '../problem/problem.ts';

type Line = { running: number; waiting: Set<() => void> };

/** Nobody waits longer: whoever asks has mostly left by then, and asks again. */
const PATIENCE_MS = 15_000;

/**
 * Lets each tenant have so many turns at once, and so many requests wait for theirs: however much one asks, the
 * warehouse answers the others.
 * @returns what waits for a turn and gives the function that ends it; it throws Problem too_many_at_once where too many
 * wait already or it takes too long, and the signal's reason where it is aborted first
 */
export function takeTurns({ atOnce, inLine }: { atOnce: number; inLine: number }) {
  const lines = new Map<string, Line>();

  return async function take(tenantId: string, signal: AbortSignal): Promise<() => void> {
    signal.throwIfAborted();
    const line = lines.get(tenantId) ?? { running: 0, waiting: new Set() };
    lines.set(tenantId, line);
    if (line.running < atOnce) line.running += 1;
    else if (line.waiting.size < inLine) await isNext(line, signal);
    else throw new Problem('too_many_at_once');

    return function end() {
      const [next] = line.waiting;
      if (next) return next(); // the turn is handed on
      line.running -= 1;
      if (line.running === 0) lines.delete(tenantId);
    };
  };
}

function isNext({ waiting }: Line, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const settle = (done: () => void) => () => {
      waiting.delete(begin);
      clearTimeout(timer);
      signal.removeEventListener('abort', leave);
      done();
    };
    const begin = settle(resolve);
    const leave = settle(() => reject(signal.reason));
    const timer = setTimeout(
      settle(() => reject(new Problem('too_many_at_once'))),
      PATIENCE_MS,
    );
    waiting.add(begin);
    signal.addEventListener('abort', leave);
  });
}
