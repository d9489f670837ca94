import { addDays, type DayRange } from '#domain/day.ts';

/** A file's name that says whose costs of which days it has. Letters of any script stay; what no file system has goes. */
export function fileName(organization: string, { from, to }: DayRange, what: string): string {
  const owner = organization
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, '-')
    .replaceAll(/^-+|-+$/g, '');
  return [owner, 'openai-costs', from, addDays(to, -1), what].filter(Boolean).join('_');
}
