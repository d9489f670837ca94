import { Alert, Button } from '@mantine/core';
import type { CostsSummary } from '#api/routes/costs/get-costs-summary.ts';
import layout from '../../ui/layout.module.css';
import { describeNotUnderstood } from './not-understood.ts';
import styles from './summary.module.css';

type Props = {
  summary: CostsSummary;
  /** Shows the costs without a model or a token type alone. */
  onShow: () => void;
};

/** Says how much of the costs is for line items that are not understood, where it is more than 1 %. */
export function NotUnderstoodNotice({ summary, onShow }: Props) {
  const described = describeNotUnderstood(summary);
  if (!described) return null;
  const { title, text, isClassified } = described;
  return (
    <Alert color="orange" variant="outline" title={title} role="status" py="xs">
      <div className={layout.row}>
        <span className={styles.text}>{text}</span>
        {!isClassified && (
          <Button size="xs" variant="default" onClick={onShow}>
            Show those costs
          </Button>
        )}
      </div>
    </Alert>
  );
}
