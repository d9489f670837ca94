import { Alert, Anchor, Button } from '@mantine/core';
import { Link } from 'wouter';
import type { IntegrationView } from '#api/routes/integrations/view/integration-view.ts';
import { distinctName } from '../../integrations/organization-name.ts';
import { type Trouble, troubleOf } from '../../integrations/trouble.ts';
import { isStopped } from '../../integrations/use-integrations.ts';
import { useMay } from '../../session/use-session.ts';
import layout from '../../ui/layout.module.css';
import styles from './summary.module.css';

/** More notices would push the month out of the window. */
const MOST = 3;

type Props = {
  /** Those whose costs are displayed. */
  integrations: readonly IntegrationView[];
  /** All of the tenant, which names are told apart from. */
  all: readonly IntegrationView[];
};

/** Says of each integration what is wrong with its figures: why, since when, and what to do. */
export function TroubleNotices({ integrations, all }: Props) {
  const now = Date.now();
  const troubled = integrations
    .toSorted((a, b) => Number(isStopped(b)) - Number(isStopped(a)))
    .flatMap((each) => {
      const trouble = troubleOf(each, now);
      return trouble ? [{ each, trouble }] : [];
    });
  const others = troubled.length - MOST;
  return (
    <>
      {troubled.slice(0, MOST).map(({ each, trouble }) => (
        <TroubleNotice key={each.id} name={distinctName(each, all)} trouble={trouble} />
      ))}
      {others > 0 && (
        <Alert color="red" variant="outline" role="status" py="xs">
          {others === 1 ? 'Another organization needs' : `${others} other organizations need`} a look.{' '}
          <Anchor component={Link} href="/integrations" size="sm" c="var(--mantine-color-text)" underline="always">
            Show all
          </Anchor>
        </Alert>
      )}
    </>
  );
}

function TroubleNotice({ name, trouble: { title, detail, action } }: { name: string; trouble: Trouble }) {
  const mayChange = useMay('integrations:write');
  return (
    <Alert color="red" variant="outline" title={title} role="status" py="xs">
      <div className={layout.row}>
        <span className={styles.text}>
          {name}: {detail}
        </span>
        {(!action.mayDo || mayChange) && (
          <Button component={Link} href={action.href} size="xs">
            {action.label}
          </Button>
        )}
      </div>
    </Alert>
  );
}
