import { Alert } from '@mantine/core';
import { AskError } from './ask.ts';

/** What went wrong and what to do about it, in the API's words. */
export function ProblemAlert({ error }: { error: unknown }) {
  const {
    title,
    detail,
    errors = [],
  } = error instanceof AskError
    ? error.problem
    : { title: 'Something went wrong in this page', detail: 'Load it again; if it stays, tell us.' };
  return (
    <Alert color="red" variant="outline" title={title} role="alert">
      {detail} {errors.map(({ pointer, message }) => `${fieldOf(pointer)} ${message}.`).join(' ')}
    </Alert>
  );
}

/** The parameter, without where it is and which of its values it was. */
const fieldOf = (pointer: string) =>
  pointer.split('/').find((part) => !['', 'query', 'path', 'header'].includes(part)) ?? '';
