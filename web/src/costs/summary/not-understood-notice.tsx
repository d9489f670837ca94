import { Alert, Button } from '@mantine/core';
import type { CostsSummary } from '#api/routes/costs/get-costs-summary.ts';
import layout from '../../ui/layout.module.css';
import { goToLineItems } from '../tables/line-item-table.tsx';
import { type Navigate, useLooks } from '../view/use-view.ts';
import { narrowTo, type View } from '../view/view.ts';
import { describeNotUnderstood } from './not-understood.ts';
import styles from './summary.module.css';

type Props = {
  summary: CostsSummary;
  view: View;
  onView: Navigate;
};

/** Says how much of the costs is for line items that are not understood, where it is more than 1 %. */
export function NotUnderstoodNotice({ summary, view, onView }: Props) {
  const described = describeNotUnderstood(summary);
  const [, setLooks] = useLooks();
  if (!described || 'token_type' in view.filters) return null;
  const { title, text, isClassified } = described;
  /** The costs without a model or token type alone or, where only words beside them are new, the lines of the bill. */
  function show() {
    if (!isClassified) return onView({ ...narrowTo(view, 'token_type', 'other'), range: '30d' });
    setLooks({ showsLineItems: true });
    goToLineItems();
  }
  return (
    <Alert color="orange" variant="outline" title={title} role="status" py="xs">
      <div className={layout.row}>
        <span className={styles.text}>{text}</span>
        <Button size="xs" variant="default" onClick={show}>
          {isClassified ? 'Show the line items' : 'Show those costs'}
        </Button>
      </div>
    </Alert>
  );
}
