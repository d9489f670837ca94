/** How many days a backfill had read (`done`) at a time in ms (`at`). */
export type Mark = { at: number; done: number };

/** The time that the rest takes at the pace since the first mark, in words; '' if there is no pace yet. */
export function timeLeft(first: Mark, now: Mark, total: number): string {
  const seconds = (now.at - first.at) / 1000;
  const done = now.done - first.done;
  if (done <= 0 || seconds <= 0 || now.done >= total) return '';
  const left = ((total - now.done) * seconds) / done;
  if (left < 60) return 'less than a minute left';
  const minutes = Math.round(left / 60);
  return minutes === 1 ? 'about a minute left' : `about ${minutes} minutes left`;
}
