import { newSession, type Session } from '../engine/session.ts';
import { ClickHouseException } from '../sql/exception.ts';
import type { SessionParameters } from './request.ts';

type Entry = { session: Session; isLocked: boolean; expires: number };

export type Sessions = {
  /**
   * Locks a user's session for one statement, and creates it if necessary.
   * @throws ClickHouseException when another statement has it, or it is not there and has to be
   */
  acquire(user: string, parameters: SessionParameters): { session: Session; release(): void };
  /** Ends the sessions that nothing has used for their time. */
  sweep(): void;
};

const DEFAULT_SECONDS = 60; // as on a server
const MAX_SECONDS = 3600;
const PER_USER = 256;

/** Sessions by user and id: a user never reaches another one's. */
export function createSessions(end: (session: Session) => void, now = Date.now): Sessions {
  const users = new Map<string, Map<string, Entry>>();

  function acquire(user: string, { id, timeout, check }: SessionParameters) {
    sweep();
    const seconds = readTimeout(timeout);
    const sessions = users.get(user) ?? new Map<string, Entry>();
    users.set(user, sessions);
    const found = sessions.get(id);
    if (check && !found) throw new ClickHouseException(372, 'SESSION_NOT_FOUND', `Session ${id} not found`);
    if (found?.isLocked)
      throw new ClickHouseException(373, 'SESSION_IS_LOCKED', `Session ${id} is locked by a concurrent client`);
    const entry = found ?? { session: newSession(), isLocked: true, expires: 0 };
    if (!found) makeRoom(sessions);
    entry.isLocked = true;
    sessions.delete(id); // the one used last is at the end
    sessions.set(id, entry);
    const release = () => {
      entry.isLocked = false;
      entry.expires = now() + seconds * 1000;
    };
    return { session: entry.session, release };
  }

  function makeRoom(sessions: Map<string, Entry>): void {
    if (sessions.size < PER_USER) return;
    // One that no statement has changed can be begun again without its client noticing.
    const [spare] = [...sessions].find(([, { session, isLocked }]) => !session.held && !isLocked) ?? [];
    if (spare === undefined) {
      throw new ClickHouseException(700, 'USER_SESSION_LIMIT_EXCEEDED', `The user has ${PER_USER} sessions already`);
    }
    sessions.delete(spare);
  }

  function sweep(): void {
    for (const sessions of users.values()) {
      for (const [id, { session, isLocked, expires }] of sessions) {
        if (isLocked || expires > now()) continue;
        sessions.delete(id);
        end(session);
      }
    }
  }
  return { acquire, sweep };
}

function readTimeout(timeout: string | undefined): number {
  const seconds = timeout ? Number(timeout) : DEFAULT_SECONDS;
  if (Number.isInteger(seconds) && seconds > 0 && seconds <= MAX_SECONDS) return seconds;
  const message = `Invalid session timeout: '${timeout}', maximum is ${MAX_SECONDS} seconds`;
  throw new ClickHouseException(374, 'INVALID_SESSION_TIMEOUT', message);
}
