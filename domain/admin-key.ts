const PREFIX = 'sk-admin-';

/** What is wrong with the shape of an OpenAI Admin key. `incomplete` is also a key that is still being typed. */
export type AdminKeyProblem = 'empty' | 'project_key' | 'incomplete' | 'invalid_characters' | 'other_key';

/** Judges the shape of an Admin key, ignoring surrounding space. @returns undefined where nothing is wrong with it */
export function adminKeyProblem(text: string): AdminKeyProblem | undefined {
  const key = text.trim();
  if (key === '') return 'empty';
  if (/^sk-(proj|svcacct)-/.test(key)) return 'project_key';
  if (PREFIX.startsWith(key)) return 'incomplete';
  if (!key.startsWith(PREFIX)) return 'other_key';
  return /^[\w-]+$/.test(key) ? undefined : 'invalid_characters';
}
