import { Anchor, Paper, Progress, Text } from '@mantine/core';
import { Link } from 'wouter';
import type { IntegrationView } from '#api/routes/integrations/view/integration-view.ts';
import { distinctName } from '../../integrations/organization-name.ts';
import { isFilling } from '../../integrations/use-integrations.ts';
import layout from '../../ui/layout.module.css';

/** More of them are one bar together. */
const MOST = 3;

type Props = {
  /** Those whose costs are displayed. */
  integrations: readonly IntegrationView[];
  /** All of the tenant, which names are told apart from. */
  all: readonly IntegrationView[];
};

/** The progress of running backfills. The page's figures cover the days that have arrived. */
export function BackfillNotices({ integrations, all }: Props) {
  const filling = integrations.filter(isFilling);
  if (filling.length > MOST) {
    const sum = (of: 'days_done' | 'days_total') => filling.reduce((sum, { progress }) => sum + progress[of], 0);
    const name = `${filling.length} organizations`;
    return <BackfillNotice name={name} done={sum('days_done')} total={sum('days_total')} href="/integrations" />;
  }
  return filling.map((each) => (
    <BackfillNotice
      key={each.id}
      name={distinctName(each, all)}
      done={each.progress.days_done}
      total={each.progress.days_total}
      href={`/integrations/${each.id}`}
    />
  ));
}

type NoticeProps = { name: string; done: number; total: number; href: string };

function BackfillNotice({ name, done, total, href }: NoticeProps) {
  return (
    <Paper withBorder p="sm" radius="md" role="status">
      <div className={layout.row}>
        <Text size="sm">
          {name}: {done} of {total} days have arrived, the newest first. This page updates by itself.
        </Text>
        <Anchor component={Link} href={href} size="sm" underline="always" className={layout.end}>
          Watch the backfill
        </Anchor>
      </div>
      <Progress mt={6} aria-label={`Backfill of ${name}`} value={(100 * done) / Math.max(1, total)} />
    </Paper>
  );
}
