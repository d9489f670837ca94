import { Anchor, Paper, Text, Title, UnstyledButton } from '@mantine/core';
import { absDecimal, compareDecimals, percentOf } from '#domain/decimal.ts';
import { daysInWords } from '../../ui/format/day.ts';
import { signedMoney, signedPercent } from '../../ui/format/money.ts';
import { Loading } from '../../ui/loading.tsx';
import { Name } from '../../ui/truncated-name.tsx';
import type { Compared } from '../data/compare.ts';
import type { Answers, Details } from '../data/fetch-costs.ts';
import { dimensionName, labelOf } from '../view/dimensions.ts';
import { whyInWords } from './explain-change.ts';

const MOST = 5;

type Props = {
  answers: Answers;
  details: Details | undefined;
  /** Whether they could not be asked for. */
  failed: boolean;
  groups: readonly Compared[];
  lineItems: readonly Compared[] | undefined;
  notComparable: string | undefined;
  onChoose: (value: string) => void;
};

/** What changed most against the period before, and why: by line item, in quantities and prices. */
export function Changes({ answers, details, failed, groups, lineItems = [], notComparable, onChoose }: Props) {
  const { view } = answers;
  const currency = answers.groups.currency ?? 'usd';
  const movers = mostChanged(groups);
  const of = Object.keys(view.filters).length > 0 ? 'of what you filtered by' : 'of everything';
  return (
    <Paper withBorder p="md" radius="md" component="section" aria-labelledby="changes" className="changes">
      <Title order={2} size="h5" id="changes">
        What changed most
      </Title>
      {!details && !failed && <Loading />}
      {notComparable === '' && details && (
        <Text size="xs" c="dimmed" mb="xs">
          {daysInWords(details.ended.from, details.ended.to)} against{' '}
          {daysInWords(details.groupsBefore.from, details.groupsBefore.to)}
        </Text>
      )}
      {notComparable && <Text size="sm">Not compared: {notComparable}.</Text>}
      {notComparable === '' && movers.length === 0 && <Text size="sm">Nothing changed.</Text>}
      {notComparable === '' && movers.length > 0 && (
        <>
          <ol className="movers" aria-label={`By ${dimensionName[view.by].toLowerCase()}`}>
            {movers.map(({ value, now, before, change }) => (
              <li key={value}>
                <UnstyledButton className="mover" onClick={() => onChoose(value)}>
                  <span className="mover-name">
                    <Name text={labelOf(view.by, value, now.project_name)} />
                  </span>
                  <Moved change={change} before={before?.amount} currency={currency} />
                </UnstyledButton>
              </li>
            ))}
          </ol>
          <Title order={3} size="h6" mt="sm">
            Why: by line item, {of}
          </Title>
          <ol className="movers">
            {mostChanged(lineItems).map((row) => (
              <li key={row.value}>
                <div className="mover">
                  <span className="mover-name">
                    <Name text={row.value || 'No line item'} />
                  </span>
                  <Moved change={row.change} before={row.before?.amount} currency={currency} />
                </div>
                <Text size="xs" c="dimmed">
                  {whyInWords(row, currency)}
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

function Moved({ change, before, currency }: { change: string; before: string | undefined; currency: string }) {
  const percent = percentOf(change, before ?? '0');
  return (
    <span className="number">
      {signedMoney(change, currency)}{' '}
      <small className="inline-aside">{percent === null ? 'new' : signedPercent(percent, 0)}</small>
    </span>
  );
}

/** What grew first, the most first; then what shrank, of which the most comes first, too. */
const mostChanged = (rows: readonly Compared[]) =>
  rows
    .filter(({ change }) => change !== '0')
    .toSorted((a, b) => compareDecimals(absDecimal(b.change), absDecimal(a.change)))
    .slice(0, MOST)
    .toSorted((a, b) => compareDecimals(b.change, a.change));
