/**
 * SQL that stays readable when it is printed: the indentation of the source is removed, inserted lines are indented
 * like the line that they are inserted into, and empty lines are dropped. The template begins on a line of its own.
 */
export function sql(strings: TemplateStringsArray, ...inserted: readonly string[]): string {
  let text = strings[0] ?? '';
  for (const [index, value] of inserted.entries()) {
    const line = text.slice(text.lastIndexOf('\n') + 1);
    text += value.replaceAll('\n', `\n${' '.repeat(indentationOf(line))}`) + (strings[index + 1] ?? '');
  }
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  const margin = Math.min(...lines.map(indentationOf));
  return lines.map((line) => line.slice(margin)).join('\n');
}

/** `WITH` and named steps, each of which may read from those above it; `result` is the SELECT that returns the rows. */
export function withSteps(steps: Readonly<Record<string, string>>, result: string): string {
  const named = Object.entries(steps).map(
    ([name, step]) => sql`
      ${name} AS (
        ${step}
      )`,
  );
  return sql`
    WITH
      ${named.join(',\n')}
    ${result}`;
}

/** A column of unix milliseconds as RFC 3339. */
export const isoOf = (milliseconds: string) =>
  `formatDateTime(fromUnixTimestamp64Milli((${milliseconds})::Int64, 'UTC'), '%Y-%m-%dT%H:%i:%SZ', 'UTC')`;

/** Columns in one line, or one per line where that would be too long to read. */
export function columnList(columns: readonly string[]): string {
  const line = columns.join(', ');
  return line.length <= MAX_LINE ? line : columns.join(',\n');
}

const MAX_LINE = 100;

const indentationOf = (line: string) => line.length - line.trimStart().length;
