import { othersColour } from '../data/colours.ts';

/** The colour that something has in the chart. */
export function Swatch({ colour = othersColour }: { colour: string | undefined }) {
  return (
    <svg className="swatch" viewBox="0 0 10 10" aria-hidden="true">
      <rect width="10" height="10" rx="2" fill={colour} />
    </svg>
  );
}
