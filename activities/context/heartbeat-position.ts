import { activityInfo, type Context, Context as CurrentContext } from '@temporalio/activity';

const positions = new WeakMap<Context, unknown>();

/** Notes how far an activity has come. Its heartbeats carry the position, so that the next attempt continues there. */
export function notePosition(position: unknown): void {
  const context = CurrentContext.current();
  positions.set(context, position);
  context.heartbeat(position);
}

/** The position that an earlier attempt has noted. */
export const notedPosition = (): unknown => activityInfo().heartbeatDetails;

/** What the next heartbeat of an activity carries: one without it would erase the position. */
export const positionOf = (context: Context): unknown => positions.get(context) ?? context.info.heartbeatDetails;
