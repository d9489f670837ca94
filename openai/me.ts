import { z } from 'zod';
import { OpenAiError } from './error.ts';
import { text } from './fields.ts';
import type { Credentials, Get } from './http.ts';
import type { Organization } from './identify.ts';

const me = z.looseObject({
  orgs: z.looseObject({ data: z.array(z.looseObject({ id: text, title: text, name: text })) }),
});

/** `known` from cost rows, `header` from a response header; '' for what they do not say. */
type Clues = { known: Organization; header: Organization };

/**
 * The key's organization by `/me`, '' where it does not say; whatever goes wrong here says nothing about the key. Its
 * owner may be a member of several organizations, and a wrong one would be worse than none: one is taken only if it
 * agrees with the clues or, where these name no id, if there is no other.
 */
export async function askMe(get: Get, clues: Clues, credentials: Credentials): Promise<Organization> {
  try {
    const { value } = await get('/me', [], me, credentials);
    const all = value.orgs.data.map(({ id, title, name }) => ({ id, name: title || name }));
    return only(all.filter(agreeingWith(clues))) ?? { id: '', name: '' };
  } catch (error) {
    if (error instanceof OpenAiError) return { id: '', name: '' };
    throw error;
  }
}

function agreeingWith({ known, header }: Clues): (one: Organization) => boolean {
  const id = known.id || header.id;
  if (id !== '') return (one) => one.id === id;
  return (one) => known.name === '' || one.name === known.name;
}

function only<Item>(items: Item[]): Item | undefined {
  return items.length === 1 ? items[0] : undefined;
}
