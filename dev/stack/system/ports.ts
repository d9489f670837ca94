import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';
import { UserError } from '../../cli/user-error.ts';

/** A port that a part will listen on, and the setting that chooses it. */
export type WantedPort = { variable: string; port: number; host: string };

// Below the ports that systems give to outgoing connections: one of those could take a port before we listen on it.
const FREE_PORTS = { from: 12_000, to: 32_000 };

/** Those that this process has named: it may not listen on them yet. */
const named = new Set<number>();

/** A port on loopback that nothing listens on at this moment, another one each time. */
export async function freePort(): Promise<number> {
  const port = randomInt(FREE_PORTS.from, FREE_PORTS.to);
  if (named.has(port)) return freePort();
  named.add(port);
  return (await tryToListen(port, '127.0.0.1')).error ? freePort() : port;
}

/** @throws UserError that names the port that cannot be used, its setting and the remedy */
export async function requirePorts(wanted: WantedPort[]): Promise<void> {
  for (const { variable, port } of wanted) {
    const other = wanted.find((it) => it.port === port && it.variable !== variable);
    if (other) throw new UserError(`${variable} and ${other.variable} are both ${port}: give each a port of its own.`);
  }
  for (const { variable, port, host } of wanted) {
    const { error } = await tryToListen(port, host);
    if (error === 'EADDRINUSE') {
      throw new UserError(
        `Port ${port} is in use by another program: stop that one, or set ${variable} to another port, ` +
          `as in ${variable}=${port + 1} npm start.`,
      );
    }
    if (error) {
      throw new UserError(`Port ${port} on ${host} cannot be used (${error}): set ${variable} to another port.`);
    }
  }
}

/** The same ports, with free ones in place of those that are taken. */
export async function replaceTakenPorts(wanted: WantedPort[]): Promise<WantedPort[]> {
  const chosen: WantedPort[] = [];
  for (const each of wanted) {
    const taken = chosen.some(({ port }) => port === each.port) || (await tryToListen(each.port, each.host)).error;
    chosen.push(taken ? { ...each, port: await freePort() } : each);
  }
  return chosen;
}

function tryToListen(port: number, host: string): Promise<{ error?: string }> {
  return new Promise((resolve) => {
    const server = createServer();
    server.on('error', (error: NodeJS.ErrnoException) => resolve({ error: error.code ?? error.message }));
    server.listen(port, host, () => server.close(() => resolve({})));
  });
}
