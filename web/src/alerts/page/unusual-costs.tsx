import { Button, NativeSelect, Stack, Text, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { type AnomalySettings, SENSITIVITIES, type Sensitivity } from '#domain/anomalies/sensitivity.ts';
import { ProblemAlert } from '../../api/problem-alert.tsx';
import { useAction } from '../../api/use-action.ts';
import { readAmount } from '../../budgets/budget-draft.ts';
import { Loading } from '../../ui/loading.tsx';
import { useAnomalySettings, useChangeAnomalySettings } from '../use-anomaly-settings.ts';
import { MutedSubjects } from './muted-subjects.tsx';

const label: Record<Sensitivity, string> = {
  off: 'Off: none is told',
  low: 'Low: only what stands far out',
  medium: 'Medium',
  high: 'High: small ones, too',
};

type Props = { mayChange: boolean; onDone: () => void };

/** When costs far above what is usual raise alerts, and what raises none. */
export function UnusualCosts(props: Props) {
  const { settings, error } = useAnomalySettings();
  if (!settings) return error ? <ProblemAlert error={error} /> : <Loading />;
  const { sensitivity, minimum, muted } = settings;
  return (
    <Stack>
      {/* What somebody else saved meanwhile is typed over what was cached: a save sends both. */}
      <SettingsForm key={`${sensitivity} ${minimum}`} settings={settings} {...props} />
      <MutedSubjects muted={muted} mayChange={props.mayChange} />
    </Stack>
  );
}

function SettingsForm({ settings, mayChange, onDone }: Props & { settings: AnomalySettings }) {
  const change = useChangeAnomalySettings();
  const [sensitivity, setSensitivity] = useState(settings.sensitivity);
  const [typed, setTyped] = useState(settings.minimum);
  const minimum = /^0+(\.0*)?$/.test(typed.trim()) ? '0' : readAmount(typed);
  const save = useAction(async (minimum: string) => {
    await change(() => ({ sensitivity, minimum }));
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
