import type { Schema } from './document.ts';
import { type Html, html } from './html.ts';
import { inline } from './markdown.ts';

/** A schema's type in words, such as `list of text` or `Integration or null`. */
export function typeOf(schema: Schema): Html {
  const { $ref, type, format, items, additionalProperties } = schema;
  const choices = schema.anyOf ?? schema.oneOf;
  if ($ref) {
    const name = nameOf($ref);
    return html`<a href="#shape-${name}">${name}</a>`;
  }
  if (choices) return joined(choices.map(typeOf), ' or ');
  if (schema.const !== undefined) return value(schema.const);
  if (schema.enum) return joined(schema.enum.map(value), ', ');
  if (type === 'array' && items) return html`list of ${typeOf(items)}`;
  if (type === 'string') return html`${format === 'date' ? 'day' : format === 'date-time' ? 'time' : 'text'}`;
  if (type === 'object' && typeof additionalProperties === 'object')
    return html`object of ${typeOf(additionalProperties)}`;
  return html`${type ?? 'anything'}`;
}

/** A value's limits in words, beside its type. */
function limitsOf({ minLength, maxLength, minimum, maximum, minItems, maxItems, ...schema }: Schema): string {
  const range = (low: number | undefined, high: number | undefined, of: string) =>
    low === undefined && high === undefined
      ? []
      : low === undefined
        ? [`at most ${high}${of}`]
        : high === undefined
          ? [`at least ${low}${of}`]
          : [`${low} to ${high}${of}`];
  return [
    ...range(minLength, maxLength, ' characters'),
    ...range(minimum, maximum, ''),
    ...range(minItems, maxItems, ' values'),
    ...(schema.uniqueItems ? ['each once'] : []),
    ...(schema.default !== undefined ? [`default ${JSON.stringify(schema.default)}`] : []),
  ].join(', ');
}

/** Renders the fields of an object, of the objects in a list or of alternatives, with nested fields below them. */
export function fieldsOf(schema: Schema): Html {
  const objects = objectsIn(schema);
  return html`${objects.map(
    ({ properties = {}, required = [] }) =>
      html`<ul class="fields">${Object.entries(properties).map(
        ([name, field]) =>
          html`<li>${fieldHead({ name, schema: field, optional: !required.includes(name) })}${fieldsOf(field)}</li>`,
      )}</ul>`,
  )}`;
}

/** Renders the first line of a field or a parameter: name, type, limits and description. */
export function fieldHead(field: {
  name: string;
  schema: Schema;
  optional: boolean;
  description?: string | undefined;
  where?: string;
}): Html {
  const { name, schema, optional, description = schema.description, where } = field;
  const limits = limitsOf(schema);
  return html`<code class="name">${name}</code> <span class="type">${typeOf(schema)}${limits && `; ${limits}`}${
    optional && ', optional'
  }${where && ` · ${where}`}</span>${description && html`<span class="what">${inline(description)}</span>`}`;
}

function objectsIn(schema: Schema): Schema[] {
  const { properties, items, anyOf, oneOf, additionalProperties } = schema;
  if (properties) return [schema];
  if (items) return objectsIn(items);
  if (typeof additionalProperties === 'object') return objectsIn(additionalProperties);
  return (anyOf ?? oneOf ?? []).flatMap(objectsIn);
}

const nameOf = ($ref: string) => $ref.split('/').at(-1) ?? '';
const value = (each: unknown) => html`<code>${each === '' ? '""' : String(each)}</code>`;
const joined = (parts: Html[], between: string) =>
  html`${parts.map((part, index) => html`${index > 0 && between}${part}`)}`;
