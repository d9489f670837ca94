import { createEventQueue } from './event-queue.ts';

/** A read: seconds of waiting for the provider, then seconds of CPU. Reads of a lower priority go first. */
export type Read = { seconds: number; cpu: number; priority: number };
/** A sync that begins at a second: its costs, and then what explains them. */
export type Sync = { at: number; costs: Read; details: readonly Read[] };
export type Workers = { workers: number; slots: number };

type Task = { read: Read; since: number; sync: Sync };
type Event = { kind: 'begins'; sync: Sync } | { kind: 'responded' | 'ends'; task: Task; worker: number };

/**
 * The queue of reads on a morning: each worker takes a read while it has a free slot, waits with all of them for the
 * provider, and computes for one after the other. @returns how long each read of a priority waited for a slot, in the
 * order in which they were taken, and when the last ended
 */
export function simulate(syncs: readonly Sync[], { workers, slots }: Workers) {
  const events = createEventQueue<Event>();
  for (const sync of syncs) events.add(sync.at, { kind: 'begins', sync });
  const free = Array.from({ length: workers }, () => slots);
  const computesUntil = Array.from({ length: workers }, () => 0);
  const queues = new Map<number, Task[]>();
  const taken = new Map<number, number>();
  const waits: { priority: number; seconds: number }[] = [];
  let end = 0;

  const enqueue = (now: number, sync: Sync, reads: readonly Read[]) => {
    for (const read of reads) {
      const queue = queues.get(read.priority) ?? [];
      queues.set(read.priority, queue);
      queue.push({ read, since: now, sync });
    }
  };
  const nextTask = (): Task | undefined => {
    for (const priority of [...queues.keys()].sort((a, b) => a - b)) {
      const index = taken.get(priority) ?? 0;
      const task = queues.get(priority)?.[index];
      if (!task) continue;
      taken.set(priority, index + 1);
      return task;
    }
    return undefined;
  };
  const fill = (now: number) => {
    for (;;) {
      const worker = free.indexOf(Math.max(...free));
      if ((free[worker] ?? 0) === 0) return;
      const task = nextTask();
      if (!task) return;
      free[worker] = (free[worker] ?? 0) - 1;
      waits.push({ priority: task.read.priority, seconds: now - task.since });
      events.add(now + task.read.seconds, { kind: 'responded', task, worker });
    }
  };

  for (let event = events.next(); event; event = events.next()) {
    const { at: now, what } = event;
    if (what.kind === 'begins') enqueue(now, what.sync, [what.sync.costs]);
    if (what.kind === 'responded') {
      const done = Math.max(now, computesUntil[what.worker] ?? 0) + what.task.read.cpu;
      computesUntil[what.worker] = done;
      events.add(done, { ...what, kind: 'ends' });
    }
    if (what.kind === 'ends') {
      free[what.worker] = (free[what.worker] ?? 0) + 1;
      if (what.task.read === what.task.sync.costs) enqueue(now, what.task.sync, what.task.sync.details);
      end = now;
    }
    fill(now);
  }
  return {
    end,
    waitsOf: (priority: number) => waits.filter((wait) => wait.priority === priority).map(({ seconds }) => seconds),
  };
}
