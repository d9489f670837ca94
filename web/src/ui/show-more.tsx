import { Button } from '@mantine/core';

/** So many at once: a list of hundreds would take long to draw. */
export const AT_ONCE = 50;

type Props = { total: number; shown: number; onMore: (shown: number) => void };

/** Shows more of a long list. */
export function ShowMore({ total, shown, onMore }: Props) {
  if (total <= shown) return null;
  return (
    <div>
      <Button size="xs" variant="default" onClick={() => onMore(shown + AT_ONCE)}>
        Show {Math.min(AT_ONCE, total - shown)} more
      </Button>
    </div>
  );
}
