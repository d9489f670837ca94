import type { IntegrationDay } from '#api/routes/integrations/list-integration-days.ts';
import { addDays, type DayRange } from '#domain/day.ts';
import { longRange } from '../../ui/format/day.ts';

export const states = {
  read: 'Read',
  restated: 'Restated since',
  differs: 'Differs from OpenAI',
  missing: 'Not read yet',
};
export type State = keyof typeof states;

/** A day of the calendar. */
export type Cell = { day: string; state: State };

export function stateOf({ synced_at, settled, difference, restated_at }: IntegrationDay): State {
  if (!synced_at) return 'missing';
  if (settled && difference !== null && difference !== '0') return 'differs';
  return restated_at ? 'restated' : 'read';
}

/** Which days are in a state, in words: what the calendar's colours say. The cells are in order. */
export function describeDays(cells: readonly Cell[], state: State): string {
  const ranges: DayRange[] = [];
  for (const { day } of cells.filter((cell) => cell.state === state)) {
    const last = ranges.at(-1);
    if (last?.to === day) last.to = addDays(day, 1);
    else ranges.push({ from: day, to: addDays(day, 1) });
  }
  return ranges.map(longRange).join('; ');
}
