import { once } from 'node:events';
import type { Server } from 'node:http';

/** Accepts no more connections, lets running requests finish, and cuts those that exceed the deadline. */
export async function closeServer(server: Server, deadlineMs: number): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  // A keep-alive connection becomes idle when its last response ends.
  const idle = setInterval(() => server.closeIdleConnections(), 50);
  const deadline = setTimeout(() => server.closeAllConnections(), deadlineMs);
  await closed;
  clearInterval(idle);
  clearTimeout(deadline);
}
