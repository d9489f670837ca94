import { Alert, Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { AskError } from './client.ts';
import { useAskAgain } from './retry.ts';
import { useAction } from './use-action.ts';

type Props = {
  error: unknown;
  /** Of an action, which is repeated where it was begun; questions are asked again from here. */
  isOfAction?: boolean;
  children?: ReactNode;
};

/** What went wrong and what to do about it, in the API's words. */
export function ProblemAlert({ error, isOfAction = false, children }: Props) {
  const again = useAction(useAskAgain());
  const {
    title,
    detail,
    errors = [],
  } = error instanceof AskError
    ? error.problem
    : { title: 'Something went wrong in this page', detail: 'Load it again; if it stays, tell us.' };
  return (
    <Alert color="red" variant="outline" title={title} role="alert">
      {detail} {errors.map(({ pointer, message }) => `${fieldOf(pointer)} ${message}.`).join(' ')} {children}
      {!isOfAction && (
        <div>
          <Button size="xs" variant="default" mt="xs" onClick={again.run} loading={again.running}>
            Try again
          </Button>
        </div>
      )}
    </Alert>
  );
}

/** The parameter, without where it is and which of its values it was. */
const fieldOf = (pointer: string) =>
  pointer.split('/').find((part) => !['', 'query', 'path', 'header'].includes(part)) ?? '';
