import { runCommand } from './run-command.ts';

/** The release that the product is developed and tested with. */
export const PINNED_CLI = '1.8.2';
/** The newest release that `go install` takes: later ones have a `replace` in their go.mod. */
export const GO_CLI = '1.5.1';
/** The first server with task queue fairness, which gives each tenant its turn. */
const OLDEST_SERVER = [1, 29] as const;

/** A Temporal CLI that works; `server` is the version of its server. */
export type TemporalCli = { path: string; version: string; server: string };

/** Reads the version of an executable. Rejects when it does not run, is no Temporal CLI, or is too old. */
export async function inspectTemporalCli(path: string, env: NodeJS.ProcessEnv): Promise<TemporalCli> {
  const output = await runCommand(path, ['--version'], { env, timeout: 20_000 });
  const match = /^temporal version (\S+) \(Server (\d+)\.(\d+)\.(\d+)/m.exec(output);
  if (!match) throw new Error('its --version is not that of a Temporal CLI');
  const [, version = '', major = '', minor = '', patch = ''] = match;
  const tooOld = Number(major) === OLDEST_SERVER[0] && Number(minor) < OLDEST_SERVER[1];
  if (tooOld) throw new Error(`its server is ${major}.${minor}, and ${OLDEST_SERVER.join('.')} or newer is needed`);
  return { path, version, server: `${major}.${minor}.${patch}` };
}
