import { Button, CopyButton } from '@mantine/core';
import { useState } from 'react';
import { ProblemAlert } from '../api/problem-alert.tsx';
import { useSession } from '../api/session-context.ts';
import { asSql } from './as-sql.ts';
import type { View } from './view.ts';

/** The view as SQL, and the rows behind its range as a file. */
export function TakeAlong({ view, days }: { view: View; days: { from: string; to: string } }) {
  const { ask, session } = useSession();
  const [error, setError] = useState<unknown>();
  const [loading, setLoading] = useState(false);

  async function download() {
    setError(undefined);
    setLoading(true);
    try {
      const response = await ask(`/v1/exports/costs?${new URLSearchParams({ ...days, format: 'csv' })}`);
      save(await response.blob(), `openai-costs_${days.from}_${days.to}.csv`);
    } catch (error) {
      setError(error);
    } finally {
      setLoading(false);
    }
  }

  return (
    <>
      <CopyButton value={asSql(view, days, session.tenant_id)}>
        {({ copied, copy }) => (
          <Button size="xs" variant="default" onClick={copy}>
            {copied ? 'Copied' : 'Copy as SQL'}
          </Button>
        )}
      </CopyButton>
      <Button size="xs" variant="default" onClick={download} loading={loading} title="Every row of the range">
        Download CSV
      </Button>
      {error !== undefined && <ProblemAlert error={error} />}
    </>
  );
}

function save(file: Blob, name: string) {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(file);
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}
