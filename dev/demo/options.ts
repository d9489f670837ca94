import { parseArgs } from 'node:util';
import { UserError } from '../cli/user-error.ts';

export const HELP = `Connects an invented organization's OpenAI spend, on this machine, and sums it up.

  npm run demo -- [options]

  --once   stop everything after the summary
  --json   with --once: the last line on stdout is one JSON object, money as text;
           everything else goes to stderr
  --help   this text
`;

export type DemoOptions = { once: boolean; json: boolean; help: boolean };

/** @throws UserError for an option that does not exist, or makes no sense */
export function readOptions(args: string[]): DemoOptions {
  const flag = { type: 'boolean', default: false } as const;
  try {
    const { values } = parseArgs({ args, options: { once: flag, json: flag, help: flag } });
    if (values.json && !values.once) throw new Error('--json needs --once: the JSON line is printed at the end.');
    return values;
  } catch (error) {
    throw new UserError(`${error instanceof Error ? error.message : error}\nnpm run demo -- --help shows the options.`);
  }
}
