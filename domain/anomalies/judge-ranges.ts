import type { CostChange } from '../causes/cost-change.ts';
import { addDays, type Day, type DayRange } from '../day.ts';
import { changesUpsideDown, findFalls, isFall, isGone, upsideDown } from './falls.ts';
import { type Anomaly, type Costs, findAnomalies } from './find-anomalies.ts';
import { incidentsOf } from './incidents.ts';
import { isOneDay } from './ranges.ts';
import type { AnomalySettings } from './sensitivity.ts';
import { isTold, standingFalls, withItsKeys } from './standing-falls.ts';
import { causesOf, standingAlerts, type ToldAnomaly } from './told.ts';

/** What an integration's ranges are judged by. `told`: the alerts that are recorded. */
type Judged = {
  today: Day;
  integration_id: string;
  costs: Costs;
  settings: AnomalySettings;
  told: readonly ToldAnomaly[];
};

/** An alert to raise, with what rose and fell in its range. */
export type Incident = ToldAnomaly & { changes: readonly CostChange[] };

/** Reads what rose and fell in a range: only where something in it is far outside. */
type ReadChanges = (range: DayRange) => Promise<readonly CostChange[]>;

/** What is to be told of ranges, in their order. */
export async function judgeRanges(
  ranges: readonly DayRange[],
  { told, ...judged }: Judged,
  readChanges: ReadChanges,
): Promise<Incident[]> {
  const incidents: Incident[] = [];
  for (const range of ranges) {
    const read = memoized(readChanges);
    incidents.push(...(await judgeRange(range, { ...judged, told: [...told, ...incidents] }, read)));
    incidents.push(...(await judgeFalls(range, { ...judged, told: [...told, ...incidents] }, read)));
  }
  return incidents;
}

async function judgeRange(range: DayRange, judged: Judged, readChanges: ReadChanges): Promise<Incident[]> {
  const { integration_id, costs, settings, told } = judged;
  const anomalies = findAnomalies(range, costs, settings);
  if (anomalies.length === 0) return [];
  const changes = await readChanges(range);
  const rises = told.filter((each) => !isFall(each));
  const nextId = alertIds(integration_id, range, 'rise', told);
  return incidentsOf(anomalies, changes, standingAlerts(range, rises, costs)).map((anomaly) => ({
    ...anomaly,
    alert_id: nextId(),
    causes: causesOf(anomaly, changes),
    changes,
  }));
}

/** Days arrive late: what fell is judged once so many whole days have passed after it. */
const SETTLES_IN_DAYS = 2;

async function judgeFalls(range: DayRange, judged: Judged, readChanges: ReadChanges): Promise<Incident[]> {
  const { today, integration_id, costs, settings, told } = judged;
  if (range.to > addDays(today, -SETTLES_IN_DAYS)) return [];
  const falls = findFalls(range, costs, settings);
  const standing = standingFalls(range, told, costs, falls);
  // A day that something stopped on is judged with each sync of its week: it is read where that may bring something new.
  if (falls.every((fall) => isTold(fall, standing))) return [];
  const changes = await readChanges(range);
  const gone = falls.filter((fall) => isGone(fall, changes));
  const mirrored = changesUpsideDown(changes);
  const nextId = alertIds(integration_id, range, 'fall', told);
  return incidentsOf(gone.map(upsideDown), mirrored, standing.flatMap(withItsKeys)).map((fall: Anomaly) => ({
    ...upsideDown(fall),
    alert_id: nextId(),
    causes: causesOf(fall, mirrored),
    changes,
  }));
}

/** Both directions of a range are told by what changed in it. */
function memoized(readChanges: ReadChanges): ReadChanges {
  let read: Promise<readonly CostChange[]> | undefined;
  return (range) => {
    read ??= readChanges(range);
    return read;
  };
}

/**
 * An alert is named by its range and by how many that has: of two judgements at once that see different states of it,
 * the second one raises nothing until it has read what the first one told.
 */
function alertIds(
  integrationId: string,
  range: DayRange,
  direction: 'rise' | 'fall',
  told: readonly ToldAnomaly[],
): () => string {
  const ids = new Set(told.map(({ alert_id }) => alert_id));
  const name = `anomaly-${integrationId}-${range.from}${isOneDay(range) ? '' : '-week'}${direction === 'fall' ? '-fall' : ''}`;
  let count = 0;
  return () => {
    do count += 1;
    while (ids.has(`${name}-${count}`));
    return `${name}-${count}`;
  };
}
