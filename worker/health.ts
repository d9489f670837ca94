// The container's health check: exits with 0 if this container's worker polled Temporal for work lately.
import { hostname } from 'node:os';
import { readEnvironment, workerEnvironment } from '#environment.ts';
import { listPollers } from './pollers.ts';

/** A poll without work ends after a minute; the next one starts then. */
const RECENTLY_MS = 75_000;

const { TEMPORAL_ADDRESS, TEMPORAL_NAMESPACE } = readEnvironment(workerEnvironment);
const pollers = await listPollers({ address: TEMPORAL_ADDRESS, namespace: TEMPORAL_NAMESPACE });
// In a container the hostname is the container's own.
const polls = pollers.some(({ identity, at }) => identity.endsWith(`@${hostname()}`) && Date.now() - at < RECENTLY_MS);
process.stdout.write(
  polls
    ? 'The worker polls.\n'
    : 'This container’s worker has not polled Temporal for more than a minute: see its log.\n',
);
process.exit(polls ? 0 : 1);
