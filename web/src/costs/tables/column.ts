import type { ReactNode } from 'react';

export type Column<R> = {
  name: string;
  isNumber?: boolean;
  /** Whether it is left out where there is little room: its figures are in every export. */
  isMinor?: boolean;
  cell: (row: R) => ReactNode;
  /** The value to sort rows by: a decimal for a number, else a text. Without it, the column does not sort. */
  sortBy?: (row: R) => string | undefined;
  total?: ReactNode;
};

/** The name of the column that rows are sorted by, and the direction. */
export type SortOrder = { by: string; descending: boolean };
