import { NamespaceNotFoundError } from '@temporalio/common';
import { expect, test } from 'vitest';
import { toProblem } from '#api/problem/to-problem.ts';

test('a Temporal that lacks the namespace, as a new one does, is away and no fault of ours', () => {
  expect(toProblem(new NamespaceNotFoundError('pump'))).toMatchObject({ code: 'temporal_unavailable' });
});
