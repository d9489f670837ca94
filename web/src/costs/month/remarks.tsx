import { Anchor, Paper, Text, Title } from '@mantine/core';
import { Link } from 'wouter';
import styles from './remarks.module.css';
import type { Remark } from './worth-a-look.ts';

/** What may need a look. Undefined remarks are still loading. */
export function Remarks({ remarks }: { remarks: readonly Remark[] | undefined }) {
  return (
    <Paper withBorder p="md" radius="md" component="section" aria-labelledby="worth-a-look">
      <Title order={2} size="h6" id="worth-a-look">
        Worth a look
      </Title>
      {remarks?.length === 0 && (
        <Text size="sm" c="dimmed">
          Nothing unusual.
        </Text>
      )}
      <ul className={styles.list}>
        {remarks?.map(({ text, isOdd, href }) => (
          <li key={text} data-odd={isOdd || undefined}>
            {href ? (
              <Anchor size="sm" c="var(--mantine-color-text)" underline="always" component={Link} href={href}>
                {text}
              </Anchor>
            ) : (
              text
            )}
          </li>
        ))}
      </ul>
    </Paper>
  );
}
