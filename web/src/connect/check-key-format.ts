/** What a pasted text is, as far as its beginning tells. */
export type Verdict = 'empty' | 'admin' | 'project' | 'incomplete' | 'other';

/** Judges a key before it is sent anywhere. */
export function judgeKey(text: string): Verdict {
  const key = text.trim();
  if (key === '') return 'empty';
  if (key.startsWith('sk-proj-') || key.startsWith('sk-svcacct-')) return 'project';
  if (key.startsWith('sk-admin-')) return key.length > 'sk-admin-'.length ? 'admin' : 'incomplete';
  return 'sk-admin-'.startsWith(key) ? 'incomplete' : 'other';
}

export const verdictInWords: Record<Verdict, string> = {
  empty: '',
  incomplete: '',
  admin: 'This looks like an Admin key.',
  project:
    'This is a key of one project: it cannot read billing data. You need an Admin key, which starts with sk-admin-.',
  other: 'This is not an Admin key: those start with sk-admin-.',
};
