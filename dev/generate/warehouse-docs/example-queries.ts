import { readdir, readFile } from 'node:fs/promises';

const directory = new URL('../../../docs/queries/', import.meta.url);

/** A question that data teams ask: `docs/queries/NN-name.sql`, its first line `-- The question`. */
export type ExampleQuery = { file: string; title: string; sql: string };

/** All of them, in their order; `sql` is what follows the question. */
export async function readExampleQueries(): Promise<ExampleQuery[]> {
  const files = (await readdir(directory)).sort();
  return Promise.all(
    files.map(async (file) => {
      const [title = '', ...lines] = (await readFile(new URL(file, directory), 'utf8')).trimEnd().split('\n');
      return { file, title: title.replace('-- ', ''), sql: lines.join('\n') };
    }),
  );
}
