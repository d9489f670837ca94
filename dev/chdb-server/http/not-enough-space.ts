import { ClickHouseException } from '../sql/exception.ts';

const CODES = ['ENOSPC', 'EDQUOT', 'EFBIG'];

/** The error of the engine itself for a write that failed because the disk is full; other errors as they are. */
export function asNotEnoughSpace(error: unknown): unknown {
  const { code } = error as NodeJS.ErrnoException;
  if (!code || !CODES.includes(code)) return error;
  return new ClickHouseException(243, 'NOT_ENOUGH_SPACE', 'Not enough space on the disk: free some, and retry');
}
