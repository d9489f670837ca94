import { UnstyledButton } from '@mantine/core';
import { Name } from '../../ui/truncated-name.tsx';
import type { Series } from './series.ts';
import { Swatch } from './swatch.tsx';

/** What the chart's colours mean; a name narrows the view to it, as its colour does. */
export function Legend({ series, onChoose }: { series: readonly Series[]; onChoose: (value: string) => void }) {
  return (
    <ul className="legend" aria-label="Colours">
      {series.map(({ value, name, colour }) => (
        <li key={JSON.stringify(value)}>
          <UnstyledButton className="name" disabled={value === null} onClick={() => value !== null && onChoose(value)}>
            <Swatch colour={colour} />
            <span>
              <Name text={name} />
            </span>
          </UnstyledButton>
        </li>
      ))}
    </ul>
  );
}
