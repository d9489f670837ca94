import http from 'node:http';
import https from 'node:https';

/** Less than any server or balancer keeps them, so that it is never they who close one that is about to be used. */
const IDLE_MS = 2_500;

/**
 * Keeps connections for the next question, until they have been idle for a while. Node does so itself. The client's own
 * timer for it (`idle_socket_ttl`) also closes a connection that is in use, where a question before was taken back.
 */
export function keepConnections(url: string, atMost: number) {
  const { Agent } = url.startsWith('https:') ? https : http;
  return {
    http_agent: new Agent({ keepAlive: true, maxSockets: atMost, timeout: IDLE_MS }),
    keep_alive: { idle_socket_ttl: 0 },
  };
}
