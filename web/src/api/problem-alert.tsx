import { Alert, Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { ApiError } from './client.ts';
import { useRetryFailed } from './retry.ts';
import { useAction } from './use-action.ts';

type Props = {
  error: unknown;
  /** True for an action, which is repeated where it was started. Failed queries are retried from here. */
  isOfAction?: boolean;
  children?: ReactNode;
};

/** What went wrong and what to do about it, in the API's words. */
export function ProblemAlert({ error, isOfAction = false, children }: Props) {
  const retry = useAction(useRetryFailed());
  const {
    title,
    detail,
    errors = [],
  } = error instanceof ApiError
    ? error.problem
    : { title: 'Something went wrong on this page', detail: 'Reload it. If the error persists, report it.' };
  return (
    <Alert color="red" variant="outline" title={title} role="alert">
      {detail} {errors.map(({ pointer, message }) => `${parameterOf(pointer)} ${message}.`).join(' ')} {children}
      {!isOfAction && (
        <div>
          <Button size="xs" variant="default" mt="xs" onClick={() => retry.run()} loading={retry.running}>
            Try again
          </Button>
        </div>
      )}
    </Alert>
  );
}

/** The parameter's name in a JSON pointer such as /query/model/0. */
const parameterOf = (pointer: string) =>
  pointer.split('/').find((part) => !['', 'query', 'path', 'header'].includes(part)) ?? '';
