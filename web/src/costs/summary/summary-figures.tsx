import { addDays, lengthOf } from '#domain/day.ts';
import { percentOf, subtractDecimals } from '#domain/decimal.ts';
import { Amount } from '../../ui/amount.tsx';
import { daysInWords, longDay } from '../../ui/format/day.ts';
import { exactMoney, roundMoney, signedMoney, signedPercent } from '../../ui/format/money.ts';
import type { Answers, Details } from '../data/fetch-costs.ts';
import { unknownInWords } from '../data/missing-days.ts';
import { Figure, FigureToCome } from './figure.tsx';
import { MonthFigures, MonthFiguresToCome } from './month-figures.tsx';

type Props = { answers: Answers; details: Details | undefined; notComparable: string | undefined };

/** The few figures that the view is about. */
export function Headline({ answers: { view, days, groups, daily, unknown }, details, notComparable }: Props) {
  const currency = groups.currency ?? 'usd';
  const total = groups.total ?? '0';
  const isKnown = daily.missing_days.length < lengthOf(groups);
  const gaps = unknownInWords(unknown);
  return (
    <section className="figures" aria-label="Figures">
      <Figure
        title="Total"
        note={`${daysInWords(groups.from, groups.to)}${gaps && `, without ${gaps}`}`}
        length={exactMoney(total, currency).length * 0.75}
      >
        {isKnown ? <Amount amount={total} currency={currency} /> : '—'}
      </Figure>
      {details ? (
        <Against goesOn={details.ended.to < days.to} {...{ details, currency, notComparable }} />
      ) : (
        <FigureToCome />
      )}
      {details ? <MonthFigures view={view} /> : <MonthFiguresToCome />}
    </section>
  );
}

type AgainstProps = { details: Details; goesOn: boolean; currency: string; notComparable: string | undefined };

function Against({ details, goesOn, currency, notComparable }: AgainstProps) {
  const { ended, groupsEnded, groupsBefore } = details;
  const title = `Against ${daysInWords(groupsBefore.from, groupsBefore.to)}`;
  if (notComparable) {
    return (
      <Figure title={title} note={`Not known: ${notComparable}`} length={1}>
        —
      </Figure>
    );
  }
  const before = groupsBefore.total ?? '0';
  const change = subtractDecimals(groupsEnded.total ?? '0', before);
  const percent = percentOf(change, before);
  const text = signedMoney(change, currency);
  const upTo = goesOn
    ? `${roundMoney(groupsEnded.total ?? '0', currency)} up to ${longDay(addDays(ended.to, -1))}, `
    : '';
  return (
    <Figure title={title} note={`${upTo}${roundMoney(before, currency)} then`} length={text.length + 5}>
      <data value={change}>{text}</data>{' '}
      <small>{percent === null ? change !== '0' && 'new' : signedPercent(percent, 1)}</small>
    </Figure>
  );
}
