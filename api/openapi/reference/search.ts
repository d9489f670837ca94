import { problems } from '../../problem/problems.ts';
import type { Document, Operation, Schema } from './document.ts';
import { headings } from './markdown.ts';

/** A place of the reference: its title, and everything that is said there. */
export type Entry = { anchor: string; title: string; text: string };

/** Everything that can be found. Built once: the description does not change while the API runs. */
export function entriesOf({ info, paths, components }: Document): Entry[] {
  const sections = info.description.split(/^## /m).slice(1);
  return [
    ...headings(info.description).map(({ title, anchor }, index) => ({ anchor, title, text: sections[index] ?? '' })),
    ...Object.entries(paths).flatMap(([path, operations]) =>
      Object.entries(operations).map(([method, operation]) => ({
        anchor: operation.operationId,
        title: `${method.toUpperCase()} ${path}: ${operation.summary}`,
        text: textOf(operation),
      })),
    ),
    ...Object.entries(components.schemas).map(([name, schema]) => ({
      anchor: `shape-${name}`,
      title: name,
      text: fieldsIn(schema).join(' '),
    })),
    ...Object.entries(problems).map(([code, { status, title, remedy }]) => ({
      anchor: `problem-${code}`,
      title: `${code}: ${title}`,
      text: `${status} ${remedy}`,
    })),
  ];
}

/** The entries that have every word of a text, those with all of them in the title first. */
export function search(entries: readonly Entry[], text: string): Entry[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return [];
  const has = (where: string) => words.every((word) => where.toLowerCase().includes(word));
  const found = entries.filter(({ title, text }) => has(`${title} ${text}`));
  return found.toSorted((a, b) => Number(has(b.title)) - Number(has(a.title)));
}

const textOf = ({ operationId, description, parameters = [], requestBody }: Operation) =>
  [
    operationId,
    description,
    ...parameters.map(({ name, description }) => `${name} ${description ?? ''}`),
    ...Object.values(requestBody?.content ?? {}).flatMap(({ schema }) => fieldsIn(schema)),
  ].join(' ');

function fieldsIn({ description = '', properties = {}, items, anyOf = [], oneOf = [] }: Schema): string[] {
  const nested = [...Object.values(properties), ...(items ? [items] : []), ...anyOf, ...oneOf];
  return [description, ...Object.keys(properties), ...nested.flatMap(fieldsIn)];
}
