import { Connection } from '@temporalio/client';

/**
 * A connection to no Temporal: nothing listens on the port. It is not to be closed: a call that it is about to repeat
 * would then throw an error out of its timer, into whichever test runs.
 */
export const awayTemporal = () => Connection.lazy({ address: '127.0.0.1:9' });
