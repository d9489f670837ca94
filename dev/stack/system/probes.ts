import { connect } from 'node:net';

/** Resolves when something accepts connections at an address; rejects when nothing did within `timeout` ms. */
export function probeTcp(host: string, port: number, timeout = 1_000): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host, port, timeout });
    socket.on('connect', () => resolve()).on('error', reject);
    socket.on('timeout', () => reject(new Error(`${host}:${port} does not accept connections`)));
    socket.on('connect', () => socket.destroy()).on('timeout', () => socket.destroy());
  });
}

/** Resolves when a URL responds with a status from 200 to 299; rejects otherwise. */
export async function probeHttp(url: string, signal: AbortSignal): Promise<void> {
  const response = await fetch(url, { signal });
  await response.body?.cancel();
  if (!response.ok) throw new Error(`${url} responded with ${response.status}`);
}
