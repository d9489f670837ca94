import { parseArgs } from 'node:util';
import { Problem } from '../cli/user-error.ts';

export const HELP = `Connects an invented organization's OpenAI spend, on this machine, and sums it up.

  npm run demo -- [options]

  --once   stop everything after the summary
  --json   with --once: the last line on stdout is one JSON object, money as text;
           everything else goes to stderr
  --help   this text
`;

export type DemoOptions = { once: boolean; json: boolean; help: boolean };

/** @throws Problem for a flag that the demo does not have */
export function readOptions(args: string[]): DemoOptions {
  const flag = { type: 'boolean', default: false } as const;
  try {
    const { values } = parseArgs({ args, options: { once: flag, json: flag, help: flag } });
    if (values.json && !values.once) throw new Error('--json needs --once: the JSON line comes when all has stopped.');
    return values;
  } catch (error) {
    throw new Problem(`${error instanceof Error ? error.message : error}\nnpm run demo -- --help shows the options.`);
  }
}
