import type { AuditEvent } from '#clickhouse/audit/audit-events.ts';
import { Problem } from '../../problem/problem.ts';

/** The place of an event in the order of all, as text that only this API reads. */
export const encodeAuditCursor = ({ at, id }: AuditEvent) => Buffer.from(`${at} ${id}`).toString('base64url');

const PLACE = /^(20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z) ([\w-]{36})$/;

/** @throws Problem invalid_request: a caller may send anything */
export function decodeAuditCursor(cursor: string | undefined): Pick<AuditEvent, 'at' | 'id'> | undefined {
  if (cursor === undefined) return undefined;
  const [, at = '', id = ''] = PLACE.exec(Buffer.from(cursor, 'base64url').toString()) ?? [];
  if (!Number.isNaN(Date.parse(at))) return { at, id };
  const message = 'must be the next_cursor of another request';
  throw new Problem('invalid_request', { errors: [{ pointer: '/query/cursor', message }] });
}
