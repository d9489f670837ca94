import { lengthOf } from '#domain/day.ts';
import { Amount } from '../../ui/amount.tsx';
import { longRange } from '../../ui/format/day.ts';
import { exactMoney } from '../../ui/format/money.ts';
import { describeMissingDays } from '../data/missing-days.ts';
import type { ViewCosts, ViewDetails } from '../data/view-costs.ts';
import { ComparisonFigure } from './comparison-figure.tsx';
import { Figure, FigureSkeleton } from './figure.tsx';
import { MonthFigures, MonthFiguresSkeleton } from './month-figures.tsx';
import styles from './summary.module.css';

type Props = { costs: ViewCosts; details: ViewDetails | undefined; notComparable: string | undefined };

/** The figures at the top: total, change, this month and its forecast. */
export function SummaryFigures({ costs, details, notComparable }: Props) {
  const { view, days, groups, daily, missing } = costs;
  const currency = groups.currency ?? 'usd';
  const total = groups.total ?? '0';
  const isKnown = daily.missing_days.length < lengthOf(groups);
  const gaps = describeMissingDays(missing);
  return (
    <section className={styles.figures} aria-label="Figures">
      <Figure
        title="Total"
        note={`${longRange(groups)}${gaps && `, without ${gaps}`}`}
        length={exactMoney(total, currency).length * 0.75}
      >
        {isKnown ? <Amount amount={total} currency={currency} /> : '—'}
      </Figure>
      {details ? (
        <ComparisonFigure
          details={details}
          isRunning={details.ended.to < days.to}
          currency={currency}
          notComparable={notComparable}
        />
      ) : (
        <FigureSkeleton />
      )}
      {details ? <MonthFigures view={view} /> : <MonthFiguresSkeleton />}
    </section>
  );
}
