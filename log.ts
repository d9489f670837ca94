import { type LoggerOptions, pino } from 'pino';

const KEPT_BYTES = 1024 * 1024;

/**
 * A logger to stdout, which ends no process: where lines cannot be written, because the disk is full, they are kept up to
 * a limit and written once there is room; those beyond the limit are lost.
 */
export function createLog(options: LoggerOptions) {
  const destination = pino.destination({ dest: 1, sync: true, maxLength: KEPT_BYTES });
  destination.on('error', () => {}); // pino itself throws it, except for a reader that is gone
  return pino(options, destination);
}
