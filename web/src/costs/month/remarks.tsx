import { Anchor, Paper, Text, Title } from '@mantine/core';
import { Link } from 'wouter';
import { Loading } from '../../ui/loading.tsx';
import styles from './remarks.module.css';
import type { Findings } from './worth-a-look.ts';

/** What may need a look, and what could not be judged. */
export function Remarks({ remarks, notJudged, isLoading }: Findings) {
  return (
    <Paper withBorder p="md" radius="md" component="section" aria-labelledby="worth-a-look">
      <Title order={2} size="h6" id="worth-a-look">
        Worth a look
      </Title>
      {isLoading && remarks.length === 0 && <Loading />}
      {!isLoading && remarks.length + notJudged.length === 0 && (
        <Text size="sm" c="dimmed">
          Nothing unusual.
        </Text>
      )}
      <ul className={styles.list}>
        {remarks.map(({ text, isOdd, href }) => (
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
      {!isLoading && notJudged.length > 0 && (
        <Text size="sm" c="dimmed" mt={remarks.length > 0 ? 'xs' : 0}>
          Not judged: {notJudged.join('; ')}.
        </Text>
      )}
    </Paper>
  );
}
