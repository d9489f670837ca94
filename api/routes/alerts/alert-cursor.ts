import type { AlertPlace } from '#clickhouse/alerts/list-alerts.ts';
import { Problem } from '../../problem/problem.ts';

/** The place of an alert in the order of all, as text that only this API reads. Those that are raised later are before it. */
export const encodeAlertCursor = ({ raised_at, id }: AlertPlace) =>
  Buffer.from(`${raised_at} ${id}`).toString('base64url');

const PLACE = /^(20\d\d-\d\d-\d\dT\d\d:\d\d:\d\dZ) ([A-Za-z0-9-]{1,128})$/;

/** @throws Problem invalid_request: a caller may send anything */
export function decodeAlertCursor(cursor: string | undefined): AlertPlace | undefined {
  if (cursor === undefined) return undefined;
  const [, raised_at = '', id = ''] = PLACE.exec(Buffer.from(cursor, 'base64url').toString()) ?? [];
  if (!Number.isNaN(Date.parse(raised_at))) return { raised_at, id };
  const message = 'must be the next_cursor of another request';
  throw new Problem('invalid_request', { errors: [{ pointer: '/query/cursor', message }] });
}
