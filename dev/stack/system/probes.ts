import { connect } from 'node:net';

/** Resolves when something accepts connections there, within `patience` milliseconds; rejects when not. */
export function listens(host: string, port: number, patience = 1_000): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host, port, timeout: patience });
    socket.on('connect', () => resolve()).on('error', reject);
    socket.on('timeout', () => reject(new Error(`${host}:${port} does not answer`)));
    socket.on('connect', () => socket.destroy()).on('timeout', () => socket.destroy());
  });
}
