import { Loader } from '@mantine/core';
import layout from './layout.module.css';

/** A spinner, announced as "Loading". */
export function Loading() {
  return (
    <span role="status">
      <Loader size="xs" aria-hidden="true" />
      <span className={layout.visuallyHidden}>Loading</span>
    </span>
  );
}
