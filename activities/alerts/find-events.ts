import { findDiffering } from '#clickhouse/alerts/find-differing.ts';
import { findTroubled } from '#clickhouse/alerts/find-troubled.ts';
import { findUnknown } from '#clickhouse/alerts/find-unknown.ts';
import type { Warehouse } from '#clickhouse/client/client.ts';
import type { AlertFacts, SubjectOf } from '#domain/alerts/alert.ts';
import {
  differenceEvent,
  type EventKind,
  type IntegrationEvent,
  troubleEvents,
  unknownEvent,
} from '#domain/alerts/integration-events.ts';
import { today } from '#domain/day.ts';
import type { IntegrationKey } from '#domain/integration.ts';
import { findLimitEvents } from './find-limit-events.ts';

/** Finds what is to be told of the integrations of all tenants, or of one. */
type Find = (warehouse: Warehouse, only?: IntegrationKey) => Promise<IntegrationEvent[]>;

const findTrouble: Find = async (warehouse, only) => {
  const now = Date.now();
  return (await findTroubled(warehouse, now, only)).flatMap((each) => troubleEvents(each, now));
};
const findDifferences: Find = async (warehouse, only) =>
  (await findDiffering(warehouse, today(), only)).map(differenceEvent);
const findUnknownItems: Find = async (warehouse, only) =>
  (await findUnknown(warehouse, today(), only)).map(unknownEvent);
const findLimits: Find = (warehouse, only) => findLimitEvents(warehouse, today(), only);

/** What finds the events of each kind. */
const FINDERS: Readonly<Record<EventKind, Find>> = {
  sync_stopped: findTrouble,
  key_expires: findTrouble,
  reconciliation: findDifferences,
  unknown_line_items: findUnknownItems,
  limit: findLimits,
};

/**
 * What is to be told of the integrations of all tenants. `daily`: also what takes reading their days. `failures`: of those
 * that find it; one that fails holds up no other. `kinds`: those that were looked for.
 */
export async function findEvents(warehouse: Warehouse, { daily }: { daily: boolean }) {
  const events: IntegrationEvent[] = [];
  const failures: unknown[] = [];
  const looked = new Set<Find>();
  for (const find of daily ? new Set(Object.values(FINDERS)) : [findTrouble]) {
    try {
      events.push(...(await find(warehouse)));
      looked.add(find);
    } catch (error) {
      failures.push(error);
    }
  }
  const kinds = (Object.keys(FINDERS) as EventKind[]).filter((kind) => looked.has(FINDERS[kind]));
  return { events, kinds, failures };
}

/** What an event's alert says; undefined where it is over. */
export async function describeEvent(
  warehouse: Warehouse,
  tenant_id: string,
  { kind, integration_id, alert_id }: SubjectOf<EventKind>,
): Promise<AlertFacts | undefined> {
  const events = await FINDERS[kind](warehouse, { tenant_id, integration_id });
  return events.find(({ subject }) => subject.alert_id === alert_id)?.facts;
}
