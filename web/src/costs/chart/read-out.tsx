import { Anchor, Text } from '@mantine/core';
import { useMemo } from 'react';
import { Link } from 'wouter';
import type { AlertView } from '#api/routes/alerts/alert-view.ts';
import { addDays } from '#domain/day.ts';
import { alertQuery } from '#domain/page-address.ts';
import { Amount } from '../../ui/amount.tsx';
import { comparedRange, weekday } from '../../ui/format/day.ts';
import { signedPercent } from '../../ui/format/number.ts';
import layout from '../../ui/layout.module.css';
import type { ComparedAmount } from '../comparison/compared-amounts.ts';
import { whyMissing } from '../data/missing-days.ts';
import type { ViewCosts } from '../data/view-costs.ts';
import { periodName } from '../view/period-name.ts';
import { hasEnded, type Period } from '../view/periods.ts';
import { figuresUpTo, periodFigures } from './period-figures.ts';
import { PeriodHeader } from './period-header.tsx';
import styles from './read-out.module.css';
import type { Series } from './series.ts';
import { ValueButton } from './value-button.tsx';

type Props = {
  costs: ViewCosts;
  /** As the chart draws them: of a cumulative one, added up. */
  series: readonly Series[];
  isCumulative: boolean;
  period: Period;
  /** What was spent in the days compared with it. */
  compared: ComparedAmount | undefined;
  restatement: string | undefined;
  alerts: readonly AlertView[];
  /** Moves by a number of periods. */
  onMove: (periods: number) => void;
  onChoose: (value: string) => void;
};

/** The figures of the chosen period, for mouse, finger and keyboard alike; its rows are the chart's legend. */
export function ReadOut(props: Props) {
  const { costs, series, isCumulative, compared, restatement, alerts, onMove, onChoose } = props;
  const { granularity, groups, missing, days } = costs;
  const period = isCumulative ? { ...props.period, from: days.from } : props.period;
  const currency = groups.currency ?? 'usd';
  const { rows, total, comparedWith } = useMemo(
    () => (isCumulative ? figuresUpTo(series, props.period) : periodFigures(costs, series, props.period)),
    [costs, series, isCumulative, props.period],
  );
  const why = whyMissing(period, missing);
  const isUnknown = why?.isAll ?? false;
  const name = isCumulative ? `Up to ${weekday(addDays(period.to, -1))}` : periodName(period, granularity);
  const note = isUnknown || hasEnded(period, groups.synced_through) ? undefined : 'so far';
  return (
    <section className={styles.readOut} aria-label={`Chosen ${granularity}`}>
      <PeriodHeader name={name} note={note} granularity={granularity} onMove={onMove} />
      {why && <Text size="sm">{why.text}</Text>}
      <table className={styles.rows}>
        <caption className={layout.visuallyHidden}>Costs of {name}</caption>
        <tbody>
          {rows.map(({ value, name, colour, amount, percent }) => (
            <tr key={JSON.stringify(value)}>
              <th scope="row">
                <ValueButton name={name} colour={colour} onClick={value === null ? undefined : () => onChoose(value)} />
              </th>
              <td>{isUnknown ? '–' : <Amount amount={amount} currency={currency} />}</td>
              <td className={styles.percent}>{!why && percent !== null ? signedPercent(percent, 0) : '–'}</td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">Total</th>
            <td>{isUnknown ? '–' : <Amount amount={total.amount} currency={currency} />}</td>
            <td className={styles.percent}>{!why && total.percent !== null ? signedPercent(total.percent, 0) : '–'}</td>
          </tr>
          {compared && (
            <tr className={styles.compared}>
              <th scope="row">{comparedRange(compared, period)}</th>
              <td>
                <Amount amount={compared.amount} currency={currency} />
              </td>
              <td />
            </tr>
          )}
        </tfoot>
      </table>
      {alerts.map(({ id, title }) => (
        <Anchor
          key={id}
          size="sm"
          c="var(--more)"
          underline="always"
          component={Link}
          href={`/alerts?${alertQuery(id)}`}
        >
          {title}
        </Anchor>
      ))}
      <Text size="xs" c="dimmed">
        {comparedWith && `% against ${comparedWith}. `}
        {restatement && `${restatement}.`}
      </Text>
    </section>
  );
}
