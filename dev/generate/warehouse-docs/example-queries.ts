import { readdir, readFile } from 'node:fs/promises';

const directory = new URL('../../../docs/queries/', import.meta.url);

/** A question with its query: `docs/queries/NN-name.sql`. The first line is `-- The question`. */
export type ExampleQuery = { file: string; title: string; sql: string };

/** All example queries, by number; `sql` is what follows the first line. */
export async function readExampleQueries(): Promise<ExampleQuery[]> {
  const files = (await readdir(directory)).sort();
  return Promise.all(
    files.map(async (file) => {
      const [title = '', ...lines] = (await readFile(new URL(file, directory), 'utf8')).trimEnd().split('\n');
      return { file, title: title.replace('-- ', ''), sql: lines.join('\n') };
    }),
  );
}
