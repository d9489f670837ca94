import type { CostChange } from '../causes/cost-change.ts';
import type { DayRange } from '../day.ts';
import { type Costs, findAnomalies } from './find-anomalies.ts';
import { incidentsOf } from './incidents.ts';
import { isOneDay } from './ranges.ts';
import type { AnomalySettings } from './sensitivity.ts';
import { causesOf, standingAlerts, type ToldAnomaly } from './told.ts';

/** What an integration's ranges are judged by. `told`: the alerts that are recorded. */
type Judged = {
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
    incidents.push(...(await judgeRange(range, { ...judged, told: [...told, ...incidents] }, readChanges)));
  }
  return incidents;
}

async function judgeRange(range: DayRange, judged: Judged, readChanges: ReadChanges): Promise<Incident[]> {
  const { integration_id, costs, settings, told } = judged;
  const anomalies = findAnomalies(range, costs, settings);
  if (anomalies.length === 0) return [];
  const changes = await readChanges(range);
  const nextId = alertIds(integration_id, range, new Set(told.map(({ alert_id }) => alert_id)));
  return incidentsOf(anomalies, changes, standingAlerts(range, told, costs)).map((anomaly) => ({
    ...anomaly,
    alert_id: nextId(),
    causes: causesOf(anomaly, changes),
    changes,
  }));
}

/**
 * An alert is named by its range and by how many that has: of two judgements at once that see different states of it,
 * the second one raises nothing until it has read what the first one told.
 */
function alertIds(integrationId: string, range: DayRange, told: ReadonlySet<string>): () => string {
  const name = `anomaly-${integrationId}-${range.from}${isOneDay(range) ? '' : '-week'}`;
  let count = 0;
  return () => {
    do count += 1;
    while (told.has(`${name}-${count}`));
    return `${name}-${count}`;
  };
}
