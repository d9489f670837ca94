import { Paper, SegmentedControl } from '@mantine/core';
import { useMemo } from 'react';
import type { IntegrationView } from '#api/routes/integrations/integration-view.ts';
import type { IntegrationDay } from '#clickhouse/coverage/integration-days.ts';
import { ProblemAlert } from '../../api/problem-alert.tsx';
import { Changes } from '../changes/changes.tsx';
import { SpendByDay } from '../chart/spend-by-day.tsx';
import { coloursOfDrawn } from '../data/colours.ts';
import { compare, whyNotComparable } from '../data/compare.ts';
import type { Answers } from '../data/fetch-costs.ts';
import { useDetails } from '../data/use-costs.ts';
import { TakeAlong } from '../export/export-buttons.tsx';
import { Headline } from '../summary/summary-figures.tsx';
import { DayTable } from '../tables/day-table.tsx';
import { GroupTable } from '../tables/group-table.tsx';
import { LineItemTable } from '../tables/line-item-table.tsx';
import { dimensionName } from '../view/dimensions.ts';
import { focusOn, type Table, useTable, type View } from '../view/view.ts';
import { NothingSpent } from './no-spend.tsx';

type Props = {
  answers: Answers;
  integrations: readonly IntegrationView[];
  known: readonly IntegrationDay[];
  /** Of the values of a whole year. */
  ownColours: ReadonlyMap<string, string>;
  onView: (view: View) => void;
};

/** The answers, drawn and in figures. What is clicked narrows the view that they are of. */
export function CostsOfView({ answers, integrations, known, ownColours, onView }: Props) {
  const { view, daily } = answers;
  const [table, setTable] = useTable();
  const { data: details, error } = useDetails(answers);
  const colours = useMemo(() => coloursOfDrawn(answers.drawn, ownColours), [answers, ownColours]);
  const restated = useMemo(
    () => new Map(known.flatMap(({ day, restated_at }) => (restated_at ? [[day, restated_at] as const] : []))),
    [known],
  );
  const notComparable = details && whyNotComparable({ ...details, unknown: answers.unknown }, integrations);
  const before = notComparable === '' ? details : undefined;
  const groups = useMemo(() => compare(answers.groups, before?.groupsEnded, before?.groupsBefore), [answers, before]);
  const lineItems = useMemo(
    () => details && compare(details.lineItems, before?.lineItemsEnded, before?.lineItemsBefore),
    [details, before],
  );
  const choose = (value: string) => onView(focusOn(view, view.by, value));

  return (
    <>
      <Headline {...{ answers, details, notComparable }} />
      {error && <ProblemAlert error={error} />}
      {groups.length === 0 && <NothingSpent answers={answers} />}
      {groups.length + daily.missing_days.length > 0 && (
        <>
          <div className="chart-and-changes">
            <SpendByDay {...{ answers, restated, colours }} onChoose={choose} />
            <Changes
              {...{ answers, details, failed: error !== undefined, groups, lineItems, notComparable }}
              onChoose={choose}
            />
          </div>
          <Paper withBorder p="md" radius="md">
            <div className="row table-head">
              <SegmentedControl
                size="xs"
                aria-label="Table"
                value={table}
                onChange={(value) => setTable(value as Table)}
                data={[
                  { value: 'groups', label: `By ${dimensionName[view.by].toLowerCase()}` },
                  { value: 'days', label: 'By day' },
                ]}
              />
              <span className="end">{details && <TakeAlong {...{ table, answers, details, before, groups }} />}</span>
            </div>
            {table === 'groups' ? (
              <GroupTable {...{ answers, details, before, groups, colours }} onChoose={choose} />
            ) : (
              <DayTable {...{ daily, restated, unknown: answers.unknown }} />
            )}
          </Paper>
        </>
      )}
      {lineItems && lineItems.length > 0 && (
        <LineItemTable rows={lineItems} comparable={before !== undefined} currency={answers.groups.currency ?? 'usd'} />
      )}
    </>
  );
}
