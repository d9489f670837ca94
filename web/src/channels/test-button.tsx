import { Button, Text } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useApi } from '../api/context.ts';
import { ProblemAlert } from '../api/problem-alert.tsx';
import { useAction } from '../api/use-action.ts';
import { describeOutcome } from './describe-channel.ts';
import { CHANNELS } from './use-channels.ts';

/** Sends a test to a channel, and says how it went. */
export function TestButton({ id }: { id: string }) {
  const api = useApi();
  const client = useQueryClient();
  const [result, setResult] = useState('');
  const test = useAction(async () => {
    setResult('');
    const response = await api(`${CHANNELS}/${id}/tests`, { method: 'POST' });
    const takesLonger = response.status === 202;
    setResult(takesLonger ? 'It takes long; how it ends will stand here.' : describeOutcome(await response.json()));
    await client.invalidateQueries({ queryKey: [CHANNELS] });
  });
  return (
    <>
      <Button size="xs" variant="default" onClick={() => test.run()} loading={test.running}>
        Send a test
      </Button>
      <Text size="sm" role="status">
        {result}
      </Text>
      {test.error !== undefined && <ProblemAlert error={test.error} isOfAction />}
    </>
  );
}
