/** Parses RFC 4180: each cell with its text and whether it was quoted. */
export function parseCsv(text: string): { text: string; quoted: boolean }[][] {
  const cell = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/gy;
  const records: { text: string; quoted: boolean }[][] = [[]];
  for (const [, quoted, bare = '', separator] of text.matchAll(cell)) {
    records.at(-1)?.push({ text: quoted?.replaceAll('""', '"') ?? bare, quoted: quoted !== undefined });
    if (separator === '\r\n') records.push([]);
  }
  if (records.pop()?.length !== 0) throw new Error('The last record does not end');
  return records;
}
