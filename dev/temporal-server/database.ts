import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { UserError } from '../cli/user-error.ts';
import type { TemporalCli } from './temporal-cli.ts';

/**
 * The file that a server keeps its data in, named after the version of its tables: the CLI creates the tables of a new
 * file, but does not migrate those of an old one.
 * @throws UserError when the directory holds only the data of another version
 */
export function temporalDatabase(directory: string, cli: TemporalCli): string {
  const [major, minor] = cli.server.split('.');
  const file = `temporal-${major}.${minor}.sqlite`;
  const other = readdirSync(directory).find((name) => /^temporal-\d+\.\d+\.sqlite$/.test(name));
  if (other && !existsSync(join(directory, file))) {
    throw new UserError(
      `${join(directory, other)} was written by another version of Temporal than ${cli.path} (server ${cli.server}), ` +
        'which cannot read it: set TEMPORAL_CLI_PATH to a CLI with that server, or move the file away and connect ' +
        'each OpenAI key again (costs are kept, only what is running and scheduled begins anew).',
    );
  }
  return join(directory, file);
}
