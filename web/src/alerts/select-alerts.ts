import type { AlertView } from '#api/routes/alerts/alert-view.ts';
import type { DayRange } from '#domain/day.ts';
import type { View } from '../costs/view/view.ts';

type Selection = Pick<View, 'filters' | 'integration' | 'currency'>;

/** Alerts that nobody has acknowledged yet. A quiet one is told by a worse one, which has to be seen in its place. */
export const openAlerts = (alerts: readonly AlertView[]): AlertView[] =>
  alerts.filter(({ acknowledged_at, is_quiet }) => acknowledged_at === null && !is_quiet);

/** The alerts whose costs a view shows, without quiet ones: those of other costs would be marks on days that are usual. */
export const alertsOfView = (alerts: readonly AlertView[], view: Selection): AlertView[] =>
  alerts.filter((alert) => !alert.is_quiet && isOfView(alert, view));

function isOfView(alert: AlertView, { filters, integration, currency }: Selection): boolean {
  const organizations = alert.integration_id === null ? alert.filters.integration_id : [alert.integration_id];
  if (integration !== undefined && !organizations?.includes(integration)) return false;
  if (currency !== undefined && alert.currency !== null && alert.currency !== currency) return false;
  return Object.entries(filters).every(([name, values]) => alert.filters[name]?.every((each) => values.includes(each)));
}

/** Those that are shown on a day of a period. */
export const alertsIn = ({ from, to }: DayRange, alerts: readonly AlertView[]): AlertView[] =>
  alerts.filter(({ day }) => day >= from && day < to);

/** Which alerts a list shows; the address has it. */
export const SHOWN = ['open', 'acknowledged', 'all'] as const;
/** `id`: of the one alert that a link leads to. */
export type Shown = { which: (typeof SHOWN)[number]; kind: AlertView['kind'] | undefined; id: string | null };

export const shownAlerts = (alerts: readonly AlertView[], { which, kind, id }: Shown): AlertView[] => {
  if (id !== null) return alerts.filter((alert) => alert.id === id);
  const ofState = {
    open: openAlerts(alerts),
    acknowledged: alerts.filter(({ acknowledged_at }) => acknowledged_at !== null),
    all: [...alerts],
  }[which];
  return ofState.filter((alert) => kind === undefined || alert.kind === kind);
};
