import { Text } from '@mantine/core';
import type { IntegrationDay } from '#api/routes/integrations/list-integration-days.ts';
import { lengthOf, weekStart } from '#domain/day.ts';
import { longDay, shortMonth } from '../../ui/format/day.ts';
import styles from './calendar.module.css';
import { type Cell, describeDays, type State, stateOf, states } from './day-states.ts';

/** What is worth a list: all other days are read. */
const listed = ['differs', 'restated', 'missing'] as const;

/** The sync state of each day: a column per week, and in words. */
export function Calendar({ days }: { days: readonly IntegrationDay[] }) {
  const cells = days.map((day) => ({ day: day.day, state: stateOf(day) }));
  const counts = Map.groupBy(cells, ({ state }) => state);
  const summary = Object.entries(states)
    .map(([state, name]) => [name.toLowerCase(), counts.get(state as State)?.length ?? 0] as const)
    .filter(([, count]) => count > 0)
    .map(([name, count]) => `${count} ${name}`)
    .join(', ');
  return (
    <figure aria-label={`Calendar of ${days.length} days: ${summary}`}>
      <Weeks cells={cells} />
      <figcaption className={styles.legend}>
        {Object.entries(states).map(([state, name]) => (
          <Text key={state} span size="sm">
            <span className={styles.cell} data-state={state} aria-hidden="true" />
            {name}: {counts.get(state as State)?.length ?? 0}
          </Text>
        ))}
      </figcaption>
      {listed.some((state) => counts.has(state)) && (
        <details>
          <summary>Which days</summary>
          <dl className={styles.days}>
            {listed.map((state) => counts.has(state) && <Days key={state} cells={cells} state={state} />)}
          </dl>
        </details>
      )}
    </figure>
  );
}

function Days({ cells, state }: { cells: readonly Cell[]; state: State }) {
  return (
    <>
      <dt>{states[state]}</dt>
      <dd>{describeDays(cells, state)}</dd>
    </>
  );
}

/** A row per weekday, Monday first, below a row of month names, each above the first week of its month. */
function Weeks({ cells }: { cells: readonly Cell[] }) {
  const [first] = cells;
  if (!first) return null;
  const indexOf = (day: string) => lengthOf({ from: weekStart(first.day), to: day });
  return (
    <div className={styles.calendar} aria-hidden="true">
      {cells
        .filter(({ day }) => day.endsWith('-01'))
        .map(({ day }) => (
          <span key={day} className={styles.month} style={{ gridColumn: Math.floor(indexOf(day) / 7) + 1 }}>
            {shortMonth(day)}
          </span>
        ))}
      {cells.map(({ day, state }) => (
        <span
          key={day}
          className={styles.cell}
          data-state={state}
          title={`${longDay(day)}: ${states[state]}`}
          style={{ gridColumn: Math.floor(indexOf(day) / 7) + 1, gridRow: (indexOf(day) % 7) + 2 }}
        />
      ))}
    </div>
  );
}
