import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';

export type Schema = Record<string, unknown>;
export type Media = { schema: Schema; example?: unknown; examples?: Record<string, { value: unknown }> };
export type Parameter = {
  in: string;
  name: string;
  description?: string;
  required?: boolean;
  schema: Schema;
  example?: unknown;
};
export type Answer = {
  description: string;
  headers?: Record<string, { $ref: string }>;
  content?: Record<string, Media>;
};
export type Operation = {
  operationId: string;
  tags: string[];
  security: { bearer: string[] }[];
  parameters?: Parameter[];
  requestBody?: { content: Record<string, Media> };
  responses: Record<string, Answer>;
};
export type Description = {
  openapi: string;
  tags: { name: string; description?: string }[];
  paths: Record<string, Record<string, Operation>>;
  components: { headers: Record<string, { required?: boolean }>; schemas: Record<string, Schema> };
};

/** The API's description, with its operations as a list. */
export async function readDescription(url: string) {
  const description = (await (await fetch(`${url}/openapi.json`)).json()) as Description;
  const operations = Object.entries(description.paths).flatMap(([path, those]) =>
    Object.entries(those).map(([method, operation]) => ({ method: method.toUpperCase(), path, operation })),
  );
  return { description, operations };
}

/** @returns a function that lists the errors of a value by a schema of the description */
export function createValidator(description: Description) {
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  (addFormats as unknown as typeof addFormats.default)(ajv);
  ajv.addSchema(description, 'api');
  const compiled = new Map<string, ValidateFunction>();
  return (schema: Schema, value: unknown): string[] => {
    const text = JSON.stringify(schema).replaceAll('"$ref":"#/', '"$ref":"api#/');
    const validate = compiled.get(text) ?? ajv.compile(JSON.parse(text));
    compiled.set(text, validate);
    if (validate(value)) return [];
    return (validate.errors ?? []).map(
      ({ instancePath, message, params }) => `${instancePath} ${message} ${JSON.stringify(params)}`,
    );
  };
}
