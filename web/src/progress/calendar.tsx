import { Text } from '@mantine/core';
import type { IntegrationDay } from '../../../clickhouse/days.ts';
import { longDay } from '../format/day.ts';

const states = { read: 'Read', restated: 'Restated since', differs: 'Differs from OpenAI', missing: 'Not read yet' };
type State = keyof typeof states;

function stateOf({ synced_at, settled, difference, restated_at }: IntegrationDay): State {
  if (!synced_at) return 'missing';
  if (settled && difference !== null && difference !== '0') return 'differs';
  return restated_at ? 'restated' : 'read';
}

/** A year of days, a column a week, filling in as they arrive. */
export function Calendar({ days }: { days: readonly IntegrationDay[] }) {
  const cells = days.map((day) => ({ day: day.day, state: stateOf(day) }));
  const [first] = cells;
  // Weeks begin on Monday.
  const before = first ? (new Date(first.day).getUTCDay() + 6) % 7 : 0;
  const counts = Map.groupBy(cells, ({ state }) => state);
  const summary = Object.entries(states)
    .map(([state, name]) => [name.toLowerCase(), counts.get(state as State)?.length ?? 0] as const)
    .filter(([, count]) => count > 0)
    .map(([name, count]) => `${count} ${name}`)
    .join(', ');
  return (
    <figure className="table" aria-label={`Calendar of ${days.length} days: ${summary}`}>
      <div className="calendar" aria-hidden="true">
        {Array.from({ length: before }, (_, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: places before the first day, all alike
          <span key={index} className="cell" data-state="pad" />
        ))}
        {cells.map(({ day, state }) => (
          <span key={day} className="cell" data-state={state} title={`${longDay(day)}: ${states[state]}`} />
        ))}
      </div>
      <figcaption className="legend">
        {Object.entries(states).map(([state, name]) => (
          <Text key={state} span size="sm">
            <span className="cell" data-state={state} aria-hidden="true" />
            {name}: {counts.get(state as State)?.length ?? 0}
          </Text>
        ))}
      </figcaption>
    </figure>
  );
}
