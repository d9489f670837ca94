import type { AdminKeyProblem } from '#domain/admin-key.ts';

/** What the form says about a key's shape; undefined while it is still being typed. */
export const keyProblemText: Record<AdminKeyProblem, string | undefined> = {
  empty: undefined,
  incomplete: undefined,
  project_key:
    'This is a key of one project: it cannot read billing data. You need an Admin key, which starts with sk-admin-.',
  invalid_characters: 'This key has characters that no Admin key has. Copy it again.',
  other_key: 'This is not an Admin key: those start with sk-admin-.',
};
