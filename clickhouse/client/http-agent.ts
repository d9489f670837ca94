import http from 'node:http';
import https from 'node:https';

/** Shorter than any server or load balancer, so that none of them closes a connection that is about to be used. */
export const IDLE_MS = 2_500;

/**
 * Client options that keep idle connections for the next request. Node's agent closes them in time; the client's own timer
 * (`idle_socket_ttl`) is off, because it also closes a connection that is in use after an aborted query.
 */
export function httpAgent(url: string, maxConnections: number) {
  const { Agent } = url.startsWith('https:') ? https : http;
  return {
    http_agent: new Agent({ keepAlive: true, maxSockets: maxConnections, timeout: IDLE_MS }),
    keep_alive: { idle_socket_ttl: 0 },
  };
}
