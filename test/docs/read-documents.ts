import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const repositoryRoot = fileURLToPath(new URL('../..', import.meta.url));

const markdownIn = (directory: string, options: { recursive: boolean }) =>
  readdirSync(join(repositoryRoot, directory), { ...options, encoding: 'utf8' })
    .filter((file) => file.endsWith('.md'))
    .map((file) => join(directory, file));

/** Every Markdown file at the root and below docs/. */
export const documents = [...markdownIn('', { recursive: false }), ...markdownIn('docs', { recursive: true })].sort();

export const read = (document: string) => readFileSync(join(repositoryRoot, document), 'utf8');

const withoutCode = (markdown: string) => markdown.replaceAll(/^```.*?^```$/gms, '');

/** The targets of a document's links and pictures that are not web addresses. */
export function linksOf(document: string): string[] {
  const links = withoutCode(read(document)).matchAll(/\]\(([^)\s]+)\)/g);
  return [...links].map(([, target = '']) => target).filter((target) => !/^[a-z]+:/.test(target));
}

/** The anchors of a document's headings, as GitHub makes them. */
export function anchorsOf(document: string): string[] {
  const headings = withoutCode(read(document)).matchAll(/^#+ (.+)$/gm);
  return [...headings].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\w\s-]/g, '')
      .replaceAll(' ', '-'),
  );
}

/** The cells of the rows of the table whose header begins with these words, one a column. */
export function tableOf(document: string, ...header: string[]): string[][] {
  const lines = read(document).split('\n');
  const start = lines.findIndex((line) => {
    const cells = cellsOf(line);
    return line.startsWith('|') && header.every((words, column) => cells[column]?.startsWith(words));
  });
  if (start < 0) throw new Error(`${document} has no table that begins with ${header.join(' | ')}`);
  const rows = lines.slice(start + 2);
  const end = rows.findIndex((line) => !line.startsWith('|'));
  return rows.slice(0, end < 0 ? undefined : end).map(cellsOf);
}

const cellsOf = (line: string) =>
  line
    .slice(1, -1)
    .split(' | ')
    .map((cell) => cell.trim());

/** SQL blocks of the documents, each with the document and the comment that it begins with. */
export function sqlBlocksOf(...sources: string[]): { document: string; title: string; sql: string }[] {
  return sources.flatMap((document) =>
    [...read(document).matchAll(/^```sql\n(-- (.*)\n[^`]+)^```$/gm)].map(([, sql = '', title = '']) => ({
      document,
      title,
      sql,
    })),
  );
}
