import { readEnvironment } from '#environment/parse.ts';
import { laptopEnvironment } from '#environment/processes.ts';
import { type LaptopSettings, wantedPorts } from '../stack/settings.ts';
import { replaceTakenPorts } from '../stack/system/ports.ts';

/**
 * The settings of a demo: servers and secrets are its own, whatever the environment says, so that it never writes into
 * other data. A port that is taken is replaced by a free one, which is printed.
 */
export async function demoSettings(directory: string, print: (line: string) => void): Promise<LaptopSettings> {
  const given = readEnvironment(laptopEnvironment);
  const { PORT, CLICKHOUSE_PORT, TEMPORAL_PORT, TEMPORAL_UI_PORT, RATE_LIMIT } = given;
  const { TEMPORAL_CLI_PATH, XDG_CACHE_HOME, LOG_LEVEL } = given;
  const ports = { PORT, CLICKHOUSE_PORT, TEMPORAL_PORT, TEMPORAL_UI_PORT };
  const machine = { TEMPORAL_CLI_PATH, XDG_CACHE_HOME, LOG_LEVEL, RATE_LIMIT };
  const settings = { ...laptopEnvironment.parse({}), ...ports, ...machine, DATA_DIR: directory };

  const wanted = wantedPorts(settings);
  const chosen = await replaceTakenPorts(wanted);
  chosen.forEach(({ variable, port }, index) => {
    const taken = wanted[index]?.port;
    if (taken !== port) print(`Port ${taken} (${variable}) is taken: using ${port}.`);
  });
  return { ...settings, ...Object.fromEntries(chosen.map(({ variable, port }) => [variable, port])) };
}
