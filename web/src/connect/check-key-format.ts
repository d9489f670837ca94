/** The kind of a pasted key, as its prefix tells. */
export type KeyFormat = 'empty' | 'admin' | 'project' | 'incomplete' | 'other';

/** Checks a key's prefix before the key is sent anywhere. */
export function checkKeyFormat(text: string): KeyFormat {
  const key = text.trim();
  if (key === '') return 'empty';
  if (key.startsWith('sk-proj-') || key.startsWith('sk-svcacct-')) return 'project';
  if (key.startsWith('sk-admin-')) return key.length > 'sk-admin-'.length ? 'admin' : 'incomplete';
  return 'sk-admin-'.startsWith(key) ? 'incomplete' : 'other';
}

export const keyFormatMessage: Record<KeyFormat, string> = {
  empty: '',
  incomplete: '',
  admin: 'This looks like an Admin key.',
  project:
    'This is a key of one project: it cannot read billing data. You need an Admin key, which starts with sk-admin-.',
  other: 'This is not an Admin key: those start with sk-admin-.',
};
