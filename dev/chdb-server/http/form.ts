import type { IncomingMessage } from 'node:http';
import { ClickHouseException } from '../sql/exception.ts';
import { type ExternalTable, readExternalTable } from './external-tables.ts';
import { header, type Parameters, readFields } from './request.ts';
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
