import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';

const service = z.looseObject({
  image: z.string(),
  build: z.string().optional(),
  entrypoint: z.array(z.string()).optional(),
  command: z.array(z.string()).optional(),
  restart: z.string(),
  mem_limit: z.string().optional(),
  logging: z.object({ options: z.record(z.string(), z.string()) }),
  ports: z.array(z.string()).default([]),
  environment: z.record(z.string(), z.coerce.string()).default({}),
  depends_on: z.record(z.string(), z.object({ condition: z.string() })).default({}),
  healthcheck: z.object({ test: z.array(z.string()) }).optional(),
});
export type Service = z.infer<typeof service>;

export const composePath = new URL('../../docker-compose.yml', import.meta.url);
export const composeText = readFileSync(composePath, 'utf8');

/** The services as Compose sees them with these variables. @throws where one that is required is missing */
export function composeServices(variables: Record<string, string>): Record<string, Service> {
  const file = z.object({ services: z.record(z.string(), service) });
  return file.parse(interpolated(parse(composeText, { merge: true }), variables)).services;
}

/** `${NAME}` in a text: what it names, whether it is required, and its default. */
export function variablesOf(text: string): { name: string; required: boolean; fallback: string }[] {
  return [...text.matchAll(VARIABLE)].map(([, name = '', operator, operand = '']) => ({
    name,
    required: operator === ':?',
    fallback: operator === ':-' ? operand : '',
  }));
}

const VARIABLE = /(?<!\$)\$\{(\w+)(?:(:[-?])([^}]*))?\}/g;

function interpolated(node: unknown, variables: Record<string, string>): unknown {
  if (Array.isArray(node)) return node.map((each) => interpolated(each, variables));
  if (typeof node === 'object' && node !== null) {
    return Object.fromEntries(Object.entries(node).map(([key, value]) => [key, interpolated(value, variables)]));
  }
  if (typeof node !== 'string') return node;
  const text = node.replaceAll(VARIABLE, (_, name: string, operator: string, operand: string) => {
    if (variables[name]) return variables[name];
    if (operator === ':?') throw new Error(`${name} ${operand}`);
    return operator === ':-' ? operand : '';
  });
  return text.replaceAll('$$', '$');
}
