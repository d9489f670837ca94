import { reasonOf } from './reason-of.ts';

/** Runs a command for operators, and ends the process with the exit code that it returns. What it throws is one line. */
export async function runCommand(command: () => Promise<number>): Promise<never> {
  try {
    process.exit(await command());
  } catch (error) {
    process.stderr.write(`${reasonOf(error)}\n`);
    process.exit(1);
  }
}
