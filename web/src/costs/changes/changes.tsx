import { Paper, Text, Title, UnstyledButton } from '@mantine/core';
import { absDecimal, compareDecimals, percentOf, subtractDecimals } from '#domain/decimal.ts';
import { Change } from '../../ui/change.tsx';
import { comparedRange, shortRange } from '../../ui/format/day.ts';
import { Loading } from '../../ui/loading.tsx';
import { TruncatedName } from '../../ui/truncated-name.tsx';
import type { ComparedCosts } from '../comparison/use-compared.ts';
import { othersColour } from '../data/colours.ts';
import type { Compared } from '../data/compare.ts';
import type { ViewCosts, ViewDetails } from '../data/view-costs.ts';
import { dimensionName, labelOf, nameIn } from '../view/dimensions.ts';
import styles from './changes.module.css';
import { explainChange } from './explain-change.ts';

const MOST = 4;
const MOST_REASONS = 3;

type Props = {
  /** Undefined while they load, or where they could not be loaded. */
  costs: ViewCosts | undefined;
  failed: boolean;
  compared: ComparedCosts;
  /** What is compared where the range cannot be; undefined where nothing can. */
  instead: ComparedCosts | undefined;
  colours: ReadonlyMap<string, string>;
  onChoose: (value: string) => void;
};

/** What changed most since the period before, and why: by line item, in quantities and prices. */
export function Changes({ costs, failed, compared, instead, colours, onChoose }: Props) {
  const { notComparable } = compared;
  const shown = notComparable ? instead : compared;
  return (
    <Paper withBorder p="md" radius="md" component="section" aria-labelledby="changes">
      <Title order={2} size="h6" id="changes">
        What changed
      </Title>
      {notComparable === undefined && (failed ? <Text size="sm">It could not be loaded.</Text> : <Loading />)}
      {notComparable && (
        <Text size="sm">
          Not compared: {notComparable}.{instead && ' The last full month instead:'}
        </Text>
      )}
      {costs && shown?.comparable && (
        <Movers
          costs={costs}
          compared={{ ...shown, comparable: shown.comparable }}
          colours={colours}
          onChoose={onChoose}
        />
      )}
    </Paper>
  );
}

type MoversProps = Pick<Props, 'colours' | 'onChoose'> & {
  costs: ViewCosts;
  compared: ComparedCosts & { comparable: ViewDetails };
};

function Movers({ costs: { view, labels, groups: all }, compared, colours, onChoose }: MoversProps) {
  const { groups, lineItems = [], comparable } = compared;
  const currency = all.currency ?? 'usd';
  const movers = mostChanged(groups, MOST);
  const largest = absDecimal(movers[0]?.change ?? '0');
  const now = comparable.groupsEnded.total ?? '0';
  const before = comparable.groupsBefore.total ?? '0';
  return (
    <>
      <Text size="xs" c="dimmed">
        {shortRange(comparable.ended)} compared with {comparedRange(comparable.groupsBefore, comparable.ended)}
      </Text>
      <Text fw={700} component="div" mb={4}>
        <Change
          change={subtractDecimals(now, before)}
          percent={percentOf(subtractDecimals(now, before), before)}
          currency={currency}
        />
      </Text>
      {movers.length === 0 && <Text size="sm">Nothing changed.</Text>}
      {movers.length > 0 && (
        <>
          <ol className={styles.list} aria-label={`By ${dimensionName[view.by].toLowerCase()}`}>
            {movers.map(({ value, now, before, change }) => (
              <li key={value}>
                <UnstyledButton className={styles.row} onClick={() => onChoose(value)}>
                  <span className={styles.name}>
                    <TruncatedName text={labels.get(value) ?? labelOf(view.by, value, nameIn(view.by, now))} />
                  </span>
                  <Change change={change} percent={percentOf(change, before?.amount ?? '0')} currency={currency} />
                </UnstyledButton>
                <svg className={styles.bar} viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true">
                  <rect width="100" height="4" className={styles.track} />
                  <rect
                    width={Number(percentOf(absDecimal(change), largest) ?? 0)}
                    height="4"
                    fill={colours.get(value) ?? othersColour}
                  />
                </svg>
              </li>
            ))}
          </ol>
          <Title order={3} size="h6" mt="xs">
            Why
          </Title>
          <ol className={styles.list} aria-label="By line item">
            {mostChanged(lineItems, MOST_REASONS).map((row) => (
              <li key={row.value}>
                <div className={styles.row}>
                  <span className={styles.name}>
                    <TruncatedName text={row.value || 'No line item'} />
                  </span>
                  <Change
                    change={row.change}
                    percent={percentOf(row.change, row.before?.amount ?? '0')}
                    currency={currency}
                  />
                </div>
                <Text size="xs" c="dimmed">
                  {explainChange(row, currency)}
                </Text>
              </li>
            ))}
          </ol>
        </>
      )}
    </>
  );
}

/** The rows with the largest changes, whatever their direction. */
const mostChanged = (rows: readonly Compared[], most: number) =>
  rows
    .filter(({ change }) => change !== '0')
    .toSorted((a, b) => compareDecimals(absDecimal(b.change), absDecimal(a.change)))
    .slice(0, most);
