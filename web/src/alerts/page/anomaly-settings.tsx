import { Button, NativeSelect, Stack, Text, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { SENSITIVITIES, type Sensitivity } from '#domain/anomalies/sensitivity.ts';
import { jsonBody } from '../../api/client.ts';
import { useApi } from '../../api/context.ts';
import { ProblemAlert } from '../../api/problem-alert.tsx';
import { useAction } from '../../api/use-action.ts';
import { useJson } from '../../api/use-fetch.ts';
import { readAmount } from '../../budgets/budget-draft.ts';
import { Loading } from '../../ui/loading.tsx';

const SETTINGS = '/v1/anomaly-settings';
type Settings = { sensitivity: Sensitivity; minimum: string; muted: readonly object[] };

const label: Record<Sensitivity, string> = {
  off: 'Off: none is told',
  low: 'Low: only what stands far out',
  medium: 'Medium',
  high: 'High: small ones, too',
};

type Props = { mayChange: boolean; onDone: () => void };

/** When costs far above what is usual raise alerts. */
export function AnomalySettings(props: Props) {
  const { data: settings, error } = useJson<Settings>(SETTINGS);
  // What somebody else saved meanwhile is typed over what was cached: a save sends all of them.
  if (settings) return <SettingsForm key={JSON.stringify(settings)} settings={settings} {...props} />;
  return error ? <ProblemAlert error={error} /> : <Loading />;
}

function SettingsForm({ settings, mayChange, onDone }: Props & { settings: Settings }) {
  const api = useApi();
  const client = useQueryClient();
  const [sensitivity, setSensitivity] = useState(settings.sensitivity);
  const [typed, setTyped] = useState(settings.minimum);
  const minimum = /^0+(\.0*)?$/.test(typed.trim()) ? '0' : readAmount(typed);
  const { muted } = settings;
  const save = useAction(async (minimum: string) => {
    await api(SETTINGS, jsonBody('PUT', { ...settings, sensitivity, minimum }));
    await client.invalidateQueries({ queryKey: [SETTINGS] });
    onDone();
  });
  function submit(event: FormEvent) {
    event.preventDefault();
    if (minimum) save.run(minimum);
  }
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="sm">
        <NativeSelect
          label="Sensitivity"
          value={sensitivity}
          disabled={!mayChange}
          onChange={({ currentTarget }) => setSensitivity(currentTarget.value as Sensitivity)}
          data={SENSITIVITIES.map((value) => ({ value, label: label[value] }))}
        />
        <TextInput
          label="Minimum"
          description="Costs that are less than this above what is usual are not told, in their currency."
          inputMode="decimal"
          value={typed}
          disabled={!mayChange}
          onChange={({ currentTarget }) => setTyped(currentTarget.value)}
          error={!minimum && 'Such as 20 or 99.50'}
          autoComplete="off"
        />
        <Text size="sm" c="dimmed">
          {muted.length > 0 && `${muted.length === 1 ? 'One subject is' : `${muted.length} subjects are`} muted. `}
          The next sync judges by this. Alerts that were raised stay.
        </Text>
        {save.error !== undefined && <ProblemAlert error={save.error} isOfAction />}
        {mayChange && (
          <Button type="submit" loading={save.running} aria-disabled={!minimum}>
            Save
          </Button>
        )}
      </Stack>
    </form>
  );
}
