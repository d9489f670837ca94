import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createBackground } from '#dev/chdb-server/engine/background.ts';

const { signal } = new AbortController();

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** Begins statements, and notes which have a turn. */
function begin(background: ReturnType<typeof createBackground>, names: string[], by = signal) {
  const turns = new Map<string, () => void>();
  for (const name of names) {
    background.acquire(by).then(
      (end) => turns.set(name, end),
      () => {},
    );
  }
  return {
    async running() {
      await vi.advanceTimersByTimeAsync(0);
      return [...turns.keys()];
    },
    end(name: string) {
      turns.get(name)?.();
      turns.delete(name);
    },
  };
}

describe('statements that nobody waits for', () => {
  it('run up to a number at once, in order', async () => {
    const statements = begin(createBackground({ atMost: 2, besideOthers: 1 }), ['a', 'b', 'c', 'd']);
    expect(await statements.running()).toEqual(['a', 'b']);
    statements.end('b');
    expect(await statements.running()).toEqual(['a', 'c']);
  });

  it('are fewer beside a statement that somebody waits for, and shortly after it', async () => {
    const background = createBackground({ atMost: 3, besideOthers: 1 });
    const end = background.yieldTo();
    const statements = begin(background, ['a', 'b', 'c', 'd']);
    expect(await statements.running()).toEqual(['a']);
    statements.end('a');
    expect(await statements.running()).toEqual(['b']);

    end();
    await vi.advanceTimersByTimeAsync(50);
    const endNext = background.yieldTo();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(await statements.running()).toEqual(['b']);
    endNext();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(await statements.running()).toEqual(['b', 'c', 'd']);
  });

  it('go on where they run already', async () => {
    const background = createBackground({ atMost: 2, besideOthers: 1 });
    const statements = begin(background, ['a', 'b', 'c']);
    await statements.running();
    background.yieldTo();
    statements.end('a');
    expect(await statements.running()).toEqual(['b']);
    statements.end('b');
    expect(await statements.running()).toEqual(['c']);
  });

  it('leave the queue when they are cancelled', async () => {
    const background = createBackground({ atMost: 1, besideOthers: 1 });
    const statements = begin(background, ['a']);
    const cancelled = new AbortController();
    const waiting = background.acquire(cancelled.signal);
    const others = begin(background, ['c']);
    cancelled.abort(new Error('disconnected'));
    await expect(waiting).rejects.toThrow('disconnected');
    expect(await statements.running()).toEqual(['a']);
    statements.end('a');
    expect(await others.running()).toEqual(['c']);
  });
});
