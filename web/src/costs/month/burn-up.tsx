import { useElementSize } from '@mantine/hooks';
import { useMemo } from 'react';
import type { CostsSummary } from '#api/routes/costs/get-costs-summary.ts';
import { monthOnly, shortMonth } from '../../ui/format/day.ts';
import { roundMoney } from '../../ui/format/money.ts';
import styles from './burn-up.module.css';
import { burnUpFigures } from './burn-up-figures.ts';
import { BurnUpLines } from './burn-up-lines.tsx';
import type { MonthGaps } from './month-gaps.ts';

type Props = {
  summary: CostsSummary;
  gaps: MonthGaps;
  /** The amount of the month's budget. */
  budget: string | undefined;
};

/** The month added up day by day, with last month as a thin line, its budget, and where it is expected to end. */
export function BurnUp({ summary, gaps, budget }: Props) {
  const { ref, width, height } = useElementSize<HTMLDivElement>();
  const figures = useMemo(() => burnUpFigures(summary, budget), [summary, budget]);
  const { this_month, last_month, forecast, currency } = summary;
  // With days missing, it would be a line of less than was spent.
  const hasBefore = gaps.before === 0;
  const money = (amount: string) => roundMoney(amount, currency);
  const said = [
    `${money(this_month.amount)} so far`,
    ...(forecast ? [`about ${money(forecast.amount)} expected by the end`] : []),
    ...(hasBefore ? [`${money(last_month.amount)} in all of ${shortMonth(last_month.from)}`] : []),
    ...(budget ? [`a budget of ${money(budget)}`] : []),
  ].join(', ');
  const legend = [
    { label: monthOnly(this_month.from), line: styles.now },
    ...(hasBefore ? [{ label: monthOnly(last_month.from), line: styles.before }] : []),
    ...(forecast ? [{ label: 'expected', line: styles.expected }] : []),
    ...(figures.budget === undefined ? [] : [{ label: 'budget', line: styles.budget }]),
  ];
  return (
    <div className={styles.burnUp} role="img" aria-label={`The month added up: ${said}`}>
      <div className={styles.legend}>
        {legend.map(({ label, line }) => (
          <span key={label}>
            <svg viewBox="0 0 16 4" aria-hidden="true">
              <path className={line} d="M0,2H16" />
            </svg>{' '}
            {label}
          </span>
        ))}
      </div>
      <div ref={ref} className={styles.plot}>
        {width > 0 && (
          <BurnUpLines
            figures={hasBefore ? figures : { ...figures, before: [] }}
            from={this_month.from}
            currency={currency}
            width={width}
            height={height}
          />
        )}
      </div>
    </div>
  );
}
