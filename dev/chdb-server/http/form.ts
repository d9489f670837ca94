import type { IncomingMessage } from 'node:http';
import { ClickHouseException } from '../sql/exception.ts';
import { type ExternalTable, header, type Parameters, readFields } from './request.ts';
import { readText } from './request-body.ts';

/** Whether the body is a form: its fields are parameters like those of the URL. */
export function isForm(request: IncomingMessage): boolean {
  return /^multipart\/form-data\b/i.test(header(request, 'content-type') ?? '');
}

/** Reads a form's fields and merges them with the URL's parameters, which take precedence. Its files are tables. */
export async function readForm(
  request: IncomingMessage,
  body: AsyncIterable<Buffer>,
  url: Parameters,
): Promise<Parameters> {
  const headers = { 'content-type': header(request, 'content-type') ?? '' };
  const data = await new Response(new Uint8Array(await readText(body)), { headers }).formData().catch(() => {
    throw new ClickHouseException(36, 'BAD_ARGUMENTS', 'The form in the body cannot be read');
  });
  const files: [string, File][] = [];
  const fields: [string, string][] = [];
  for (const [name, value] of data) {
    if (typeof value === 'string') fields.push([name, value]);
    else files.push([name, value]);
  }
  const form = readFields(fields);
  const settings = { ...form.settings, ...url.settings };
  const external: ExternalTable[] = [];
  for (const [name, file] of files) {
    external.push(readExternalTable(name, Buffer.from(await file.arrayBuffer()), settings));
    for (const what of ['structure', 'types', 'format']) delete settings[`${name}_${what}`];
  }
  return {
    query: url.query + form.query,
    queryId: url.queryId ?? form.queryId,
    database: url.database ?? form.database,
    format: url.format ?? form.format,
    session: url.session ?? form.session,
    external,
    decompress: url.decompress, // it is about the form as a whole
    compress: url.compress || form.compress,
    revision: url.revision || form.revision,
    settings,
    parameters: { ...form.parameters, ...url.parameters },
  };
}

/** What the fields `name_structure`, `name_types` and `name_format` say about the file `name`. */
function readExternalTable(name: string, data: Buffer, fields: Record<string, string>): ExternalTable {
  const types = fields[`${name}_types`]?.split(',').map((type, index) => `_${index + 1} ${type}`);
  const structure = fields[`${name}_structure`] ?? types?.join(', ');
  if (!structure) {
    throw new ClickHouseException(36, 'BAD_ARGUMENTS', `The structure of the external table ${name} is not given`);
  }
  return { name, structure, format: fields[`${name}_format`] ?? 'TabSeparated', data };
}
