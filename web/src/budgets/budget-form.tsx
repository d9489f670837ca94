import { Button, NativeSelect, Stack, Text, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { jsonBody } from '../api/client.ts';
import { useApi } from '../api/context.ts';
import { ProblemAlert } from '../api/problem-alert.tsx';
import { useAction } from '../api/use-action.ts';
import { OVERVIEW } from '../overview/use-overview.ts';
import { roundMoney } from '../ui/format/money.ts';
import { type BudgetDraft, percentsOf, readAmount, readPercents } from './budget-draft.ts';
import styles from './budgets.module.css';
import { BUDGETS } from './use-budgets.ts';

type Props = {
  draft: BudgetDraft;
  /** The id of the budget that is changed; undefined for a new one. */
  id: string | undefined;
  /** What it counts, in words. */
  counted: string;
  /** What the costs of these filters were, as a measure for the amount. */
  hint?: string | undefined;
  onDone: () => void;
};

/** The fields of a budget. Only the amount has to be typed. */
export function BudgetForm({ draft, id, counted, hint, onDone }: Props) {
  const api = useApi();
  const client = useQueryClient();
  const [name, setName] = useState(draft.name);
  const [typed, setTyped] = useState(draft.amount);
  const [currency, setCurrency] = useState(draft.currency.toUpperCase());
  const [period, setPeriod] = useState(draft.period);
  const [spent, setSpent] = useState(percentsOf(draft, 'actual'));
  const [expected, setExpected] = useState(percentsOf(draft, 'forecast'));
  // A request that is sent twice makes one budget. Not randomUUID: it needs https.
  const [idempotencyKey] = useState(() => crypto.getRandomValues(new Uint32Array(4)).join('-'));
  const amount = readAmount(typed);
  const percents = { actual: readPercents(spent), forecast: readPercents(expected) };

  const save = useAction(async (amount: string) => {
    const thresholds = (['actual', 'forecast'] as const).flatMap((of) =>
      (percents[of] ?? []).map((percent) => ({ of, percent })),
    );
    const body = { name, amount, currency: currency.toLowerCase(), period, filters: draft.filters, thresholds };
    const { headers, ...request } = jsonBody(id ? 'PUT' : 'POST', body);
    await api(id ? `${BUDGETS}/${id}` : BUDGETS, {
      ...request,
      headers: { ...headers, ...(!id && { 'idempotency-key': idempotencyKey }) },
    });
    await client.invalidateQueries({ queryKey: [OVERVIEW] });
    onDone();
  });
  function submit(event: FormEvent) {
    event.preventDefault();
    if (amount && percents.actual && percents.forecast) save.run(amount);
  }

  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="sm">
        <Text size="sm">Counts: {counted}</Text>
        <div className={styles.fields}>
          <TextInput
            label="Amount"
            description={amount ? `${roundMoney(amount, currency)} a ${period}` : hint}
            placeholder="15,000"
            inputMode="decimal"
            value={typed}
            onChange={({ currentTarget }) => setTyped(currentTarget.value)}
            error={typed !== '' && !amount && 'Such as 15000, 15,000 or 99.50'}
            autoComplete="off"
            data-autofocus
          />
          <TextInput
            label="Currency"
            value={currency}
            maxLength={3}
            onChange={({ currentTarget }) => setCurrency(currentTarget.value.toUpperCase())}
          />
          <NativeSelect
            label="Each"
            value={period}
            onChange={({ currentTarget }) => setPeriod(currentTarget.value as BudgetDraft['period'])}
            data={['month', 'quarter', 'year']}
          />
        </div>
        <TextInput
          label="Name"
          value={name}
          maxLength={100}
          onChange={({ currentTarget }) => setName(currentTarget.value)}
        />
        <div className={styles.fields}>
          <TextInput
            label="Alert at % spent"
            value={spent}
            onChange={({ currentTarget }) => setSpent(currentTarget.value)}
            error={!percents.actual && 'Whole numbers up to 1000'}
          />
          <TextInput
            label="Alert at % expected"
            value={expected}
            onChange={({ currentTarget }) => setExpected(currentTarget.value)}
            error={!percents.forecast && 'Whole numbers up to 1000'}
          />
        </div>
        {id && (
          <Text size="xs" c="dimmed">
            A change of more than the name starts the budget anew: what it has reached is told again.
          </Text>
        )}
        {save.error !== undefined && <ProblemAlert error={save.error} isOfAction />}
        <Button type="submit" loading={save.running} aria-disabled={!amount}>
          {id ? 'Save' : 'Set the budget'}
        </Button>
      </Stack>
    </form>
  );
}
