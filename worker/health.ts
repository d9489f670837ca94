// The container's health check: does Temporal see this container's worker ask for work? Exit code 0 when it does.
import { hostname } from 'node:os';
import { readEnvironment, workerEnvironment } from '#environment.ts';
import { listPollers } from './pollers.ts';

/** A poll that finds no work ends after a minute, and the next one begins. */
const RECENTLY_MS = 75_000;

const { TEMPORAL_ADDRESS, TEMPORAL_NAMESPACE } = readEnvironment(workerEnvironment);
const pollers = await listPollers({ address: TEMPORAL_ADDRESS, namespace: TEMPORAL_NAMESPACE });
// In a container the hostname is the container's own.
const polls = pollers.some(({ identity, at }) => identity.endsWith(`@${hostname()}`) && Date.now() - at < RECENTLY_MS);
process.stdout.write(
  polls ? 'The worker polls.\n' : 'Temporal has not heard from this container’s worker for a while.\n',
);
process.exit(polls ? 0 : 1);
