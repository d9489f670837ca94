import { findDiffering } from '#clickhouse/alerts/find-differing.ts';
import { findTroubled } from '#clickhouse/alerts/find-troubled.ts';
import { findUnknown } from '#clickhouse/alerts/find-unknown.ts';
import type { Warehouse } from '#clickhouse/client/client.ts';
import type { AlertFacts, AlertSubject } from '#domain/alerts/alert.ts';
import {
  differenceEvent,
  type IntegrationEvent,
  troubleEvents,
  unknownEvent,
} from '#domain/alerts/integration-events.ts';
import { monthOf, today } from '#domain/day.ts';
import type { IntegrationKey } from '#domain/integration.ts';
import { findLimitEvents } from './find-limit-events.ts';

/** What is to be told of the integrations of all tenants, or of one. `daily`: also what takes reading their days. */
export async function findEvents(
  warehouse: Warehouse,
  { daily, only }: { daily: boolean; only?: IntegrationKey },
): Promise<IntegrationEvent[]> {
  const now = Date.now();
  const troubled = (await findTroubled(warehouse, only)).flatMap((each) => troubleEvents(each, now));
  if (!daily) return troubled;
  const month = monthOf(today());
  const differing = (await findDiffering(warehouse, today(), only)).map(differenceEvent);
  const unknown = (await findUnknown(warehouse, month, only)).map((each) => unknownEvent(each, month));
  return [...troubled, ...differing, ...unknown, ...(await findLimitEvents(warehouse, today(), only))];
}

/** What an event's alert says; undefined where it is over. */
export async function describeEvent(
  warehouse: Warehouse,
  tenant_id: string,
  { integration_id, alert_id }: AlertSubject,
): Promise<AlertFacts | undefined> {
  const events = await findEvents(warehouse, { daily: true, only: { tenant_id, integration_id } });
  return events.find(({ subject }) => subject.alert_id === alert_id)?.facts;
}
