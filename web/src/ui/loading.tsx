import { Loader } from '@mantine/core';

/** Something is on its way. */
export function Loading() {
  return (
    <span role="status">
      <Loader size="xs" aria-hidden="true" />
      <span className="visually-hidden">Loading</span>
    </span>
  );
}
