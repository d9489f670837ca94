import { percentOf } from '../../../../clickhouse/percent.ts';
import { Amount } from '../../format/amount.tsx';
import { daysBetween, daysInWords } from '../../format/day.ts';
import { subtract } from '../../format/decimals.ts';
import { exactMoney, roundMoney, signedMoney, signedPercent } from '../../format/money.ts';
import type { Answers, Details } from '../ask-costs.ts';
import { Figure, FigureToCome } from './figure.tsx';
import { MonthFigures, MonthFiguresToCome } from './month-figures.tsx';

type Props = { answers: Answers; details: Details | undefined; notComparable: string | undefined };

/** The few figures that the view is about. */
export function Headline({ answers: { view, groups, daily }, details, notComparable }: Props) {
  const currency = groups.currency ?? 'usd';
  const total = groups.total ?? '0';
  const missing = daily.missing_days.length;
  const isKnown = missing < daysBetween(groups.from, groups.to);
  return (
    <section className="figures" aria-label="Figures">
      <Figure
        title="Total"
        note={`${daysInWords(groups.from, groups.to)}${missing > 0 ? `, without ${missing} missing days` : ''}`}
        length={exactMoney(total, currency).length * 0.75}
      >
        {isKnown ? <Amount amount={total} currency={currency} /> : '—'}
      </Figure>
      {details ? (
        <Against total={total} before={details.groupsBefore} {...{ currency, notComparable }} />
      ) : (
        <FigureToCome />
      )}
      {details ? <MonthFigures view={view} /> : <MonthFiguresToCome />}
    </section>
  );
}

type AgainstProps = {
  total: string;
  before: Details['groupsBefore'];
  currency: string;
  notComparable: string | undefined;
};

function Against({ total, before: { from, to, total: then }, currency, notComparable }: AgainstProps) {
  const title = `Against ${daysInWords(from, to)}`;
  if (notComparable) {
    return (
      <Figure title={title} note={`Not known: ${notComparable}`} length={1}>
        —
      </Figure>
    );
  }
  const before = then ?? '0';
  const change = subtract(total, before);
  const percent = percentOf(change, before);
  const text = signedMoney(change, currency);
  return (
    <Figure title={title} note={`${roundMoney(before, currency)} then`} length={text.length + 5}>
      <data value={change}>{text}</data>{' '}
      <small>{percent === null ? change !== '0' && 'new' : signedPercent(percent, 1)}</small>
    </Figure>
  );
}
