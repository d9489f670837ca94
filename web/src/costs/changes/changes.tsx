import { Anchor, Paper, Text, Title, UnstyledButton } from '@mantine/core';
import { absDecimal, compareDecimals, percentOf } from '#domain/decimal.ts';
import { longRange } from '../../ui/format/day.ts';
import { signedMoney } from '../../ui/format/money.ts';
import { signedPercent } from '../../ui/format/number.ts';
import { Loading } from '../../ui/loading.tsx';
import { TruncatedName } from '../../ui/truncated-name.tsx';
import type { Compared } from '../data/compare.ts';
import type { ViewCosts, ViewDetails } from '../data/view-costs.ts';
import { dimensionName, labelOf } from '../view/dimensions.ts';
import styles from './changes.module.css';
import { explainChange } from './explain-change.ts';

const MOST = 5;

type Props = {
  costs: ViewCosts;
  /** Undefined while they load, or if they could not be loaded. */
  details: ViewDetails | undefined;
  failed: boolean;
  groups: readonly Compared[];
  lineItems: readonly Compared[] | undefined;
  /** Why nothing is compared; '' if it is. */
  notComparable: string | undefined;
  onChoose: (value: string) => void;
};

/** What changed most since the period before, and why: by line item, in quantities and prices. */
export function Changes({ costs, details, failed, groups, lineItems = [], notComparable, onChoose }: Props) {
  const { view } = costs;
  const currency = costs.groups.currency ?? 'usd';
  const movers = mostChanged(groups);
  const scope = Object.keys(view.filters).length > 0 ? 'for your filters' : 'for everything';
  return (
    <Paper withBorder p="md" radius="md" component="section" aria-labelledby="changes" className={styles.card}>
      <Title order={2} size="h5" id="changes">
        What changed most
      </Title>
      {!details && !failed && <Loading />}
      {notComparable === '' && details && (
        <Text size="xs" c="dimmed" mb="xs">
          {longRange(details.ended)} compared with {longRange(details.groupsBefore)}
        </Text>
      )}
      {notComparable && <Text size="sm">Not compared: {notComparable}.</Text>}
      {notComparable === '' && movers.length === 0 && <Text size="sm">Nothing changed.</Text>}
      {notComparable === '' && movers.length > 0 && (
        <>
          <ol className={styles.list} aria-label={`By ${dimensionName[view.by].toLowerCase()}`}>
            {movers.map(({ value, now, before, change }) => (
              <li key={value}>
                <UnstyledButton className={styles.row} onClick={() => onChoose(value)}>
                  <span className={styles.name}>
                    <TruncatedName text={labelOf(view.by, value, now.project_name)} />
                  </span>
                  <ChangeText change={change} before={before?.amount} currency={currency} />
                </UnstyledButton>
              </li>
            ))}
          </ol>
          <Title order={3} size="h6" mt="sm">
            Why: by line item, {scope}
          </Title>
          <ol className={styles.list}>
            {mostChanged(lineItems).map((row) => (
              <li key={row.value}>
                <div className={styles.row}>
                  <span className={styles.name}>
                    <TruncatedName text={row.value || 'No line item'} />
                  </span>
                  <ChangeText change={row.change} before={row.before?.amount} currency={currency} />
                </div>
                <Text size="xs" c="dimmed">
                  {explainChange(row, currency)}
                </Text>
              </li>
            ))}
          </ol>
          <Anchor size="xs" underline="always" href="#line-items">
            All quantities and prices
          </Anchor>
        </>
      )}
    </Paper>
  );
}

function ChangeText({ change, before, currency }: { change: string; before: string | undefined; currency: string }) {
  const percent = percentOf(change, before ?? '0');
  return (
    <span className={styles.change}>
      {signedMoney(change, currency)}{' '}
      <small className={styles.percent}>{percent === null ? 'new' : signedPercent(percent, 0)}</small>
    </span>
  );
}

/** The rows with the largest changes: increases first, the largest on top, then decreases, the largest at the end. */
const mostChanged = (rows: readonly Compared[]) =>
  rows
    .filter(({ change }) => change !== '0')
    .toSorted((a, b) => compareDecimals(absDecimal(b.change), absDecimal(a.change)))
    .slice(0, MOST)
    .toSorted((a, b) => compareDecimals(b.change, a.change));
