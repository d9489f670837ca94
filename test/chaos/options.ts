import { parseArgs } from 'node:util';
import { UserError } from '#dev/cli/user-error.ts';

export const HELP = `Kills processes and spoils OpenAI's responses, and checks that everything is right afterwards.

  npm run test:chaos -- [options]

  --minutes <n>   how long phases are begun (default 5)
  --seed <text>   the seed of a run to repeat (default: a new one)
  --help          this text
`;

/** @throws UserError for an option that does not exist, or makes no sense */
export function readOptions(args: string[]): { seed: string; minutes: number; help: boolean } {
  try {
    const { values } = parseArgs({
      args,
      options: {
        minutes: { type: 'string', default: '5' },
        seed: { type: 'string', default: Math.random().toString(36).slice(2, 8) },
        help: { type: 'boolean', default: false },
      },
    });
    const minutes = Number(values.minutes);
    if (!(minutes > 0)) throw new Error('--minutes must be a number above 0.');
    return { ...values, minutes };
  } catch (error) {
    throw new UserError(
      `${error instanceof Error ? error.message : error}\nnpm run test:chaos -- --help shows the options.`,
    );
  }
}
