import { once } from 'node:events';
import { createServer, type Server } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { freePort, replaceTakenPorts, requirePorts } from '#dev/stack/system/ports.ts';

const host = '127.0.0.1';
let other: Server;
let taken: number;

beforeEach(async () => {
  other = createServer().listen(0, host);
  await once(other, 'listening');
  taken = (other.address() as { port: number }).port;
});
afterEach(() => void other.close());

describe('ports', () => {
  it('that are taken are named, with their setting and the remedy', async () => {
    const wanted = [
      { variable: 'PORT', port: await freePort(), host },
      { variable: 'CLICKHOUSE_PORT', port: taken, host },
    ];
    await expect(requirePorts(wanted)).rejects.toThrow(
      `Port ${taken} is in use by another program: stop that one, or set CLICKHOUSE_PORT to another port, ` +
        `as in CLICKHOUSE_PORT=${taken + 1} npm start.`,
    );
    expect(await requirePorts(wanted.slice(0, 1))).toBeUndefined();
  });

  it('that are given twice are named', async () => {
    const port = await freePort();
    const wanted = ['PORT', 'TEMPORAL_PORT'].map((variable) => ({ variable, port, host }));
    await expect(requirePorts(wanted)).rejects.toThrow(`PORT and TEMPORAL_PORT are both ${port}`);
  });

  it('on an address that is not this machine’s are named', async () => {
    const wanted = [{ variable: 'PORT', port: await freePort(), host: '192.0.2.1' }];
    await expect(requirePorts(wanted)).rejects.toThrow(/on 192\.0\.2\.1 cannot be used \(EADDRNOTAVAIL\)/);
  });

  it('that are taken are replaced by free ones for the demo', async () => {
    const free = await freePort();
    const wanted = [
      { variable: 'PORT', port: taken, host },
      { variable: 'TEMPORAL_PORT', port: free, host },
      { variable: 'TEMPORAL_UI_PORT', port: free, host },
    ];
    const [first, second, third] = await replaceTakenPorts(wanted);
    expect(first?.port).not.toBe(taken);
    expect(second?.port).toBe(free);
    expect(third?.port).not.toBe(free);
  });
});
