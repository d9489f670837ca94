import { Button, Text } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useApi } from '../api/context.ts';
import { ProblemAlert } from '../api/problem-alert.tsx';
import { useAction } from '../api/use-action.ts';
import { describeResent } from './describe-channel.ts';
import { CHANNELS } from './use-channels.ts';

/** Sends what a channel has not got again, and says how it went. */
export function ResendButton({ id, undelivered }: { id: string; undelivered: number }) {
  const api = useApi();
  const client = useQueryClient();
  const [result, setResult] = useState('');
  const resend = useAction(async () => {
    setResult('');
    const response = await api(`${CHANNELS}/${id}/deliveries`, { method: 'POST' });
    const takesLonger = response.status === 202;
    setResult(takesLonger ? 'It takes long; what is left will stand here.' : describeResent(await response.json()));
    await client.invalidateQueries({ queryKey: [CHANNELS] });
  });
  return (
    <>
      {undelivered > 0 && (
        <Button size="xs" variant="default" onClick={() => resend.run()} loading={resend.running}>
          Send again what was missed
        </Button>
      )}
      <Text size="sm" role="status">
        {result}
      </Text>
      {resend.error !== undefined && <ProblemAlert error={resend.error} isOfAction />}
    </>
  );
}
