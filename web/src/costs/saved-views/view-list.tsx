import { CloseButton, Text, UnstyledButton } from '@mantine/core';
import { TruncatedName } from '../../ui/truncated-name.tsx';
import type { NamedView } from './own-views.ts';
import styles from './saved-views.module.css';

type Props<V> = {
  title: string;
  views: readonly V[];
  onOpen: (view: V) => void;
  /** Undefined where the reader may not. */
  onRemove: ((view: V) => void) | undefined;
};

/** Names of views; a click opens one. Nothing at all where there are none. */
export function ViewList<V extends NamedView>({ title, views, onOpen, onRemove }: Props<V>) {
  if (views.length === 0) return null;
  return (
    <section>
      <Text size="xs" c="dimmed">
        {title}
      </Text>
      <ul className={styles.list} aria-label={title}>
        {views.map((view) => (
          <li key={view.name}>
            <UnstyledButton className={styles.name} onClick={() => onOpen(view)}>
              <TruncatedName text={view.name} />
            </UnstyledButton>
            {onRemove && (
              <CloseButton size="sm" aria-label={`Delete the view ${view.name}`} onClick={() => onRemove(view)} />
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
