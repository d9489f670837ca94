import { spawnSync } from 'node:child_process';

const said = new Set<string>();

/** Runs a check that takes a command of others, where it is on the PATH. Else one line says that it was not run. */
export function ifAtHand(command: string, check: () => void): void {
  const isThere = !spawnSync(command, ['--help'], { stdio: 'ignore' }).error;
  if (isThere) check();
  else if (!said.has(command)) process.stdout.write(`${command} is not on the PATH: what it checks is not checked\n`);
  said.add(command);
}
