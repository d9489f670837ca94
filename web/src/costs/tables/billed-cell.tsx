import { exactMoney, exactNumber } from '../../ui/format/money.ts';
import { type Billed, isTokenType, type Quantities } from '../data/quantities.ts';
import { inUnits, unitPrice } from '../data/unit-price.ts';

/** So many make no row much higher than the others. */
const MOST_LINES = 2;

/** How many tokens of a type, and what a million cost. */
export function TokensCell({ billed, kind, currency }: { billed: Billed | undefined; kind: string; currency: string }) {
  if (!billed) return <None />;
  return (
    <>
      {exactNumber(billed.quantity)}
      <Price billed={billed} kind={kind} currency={currency} />
    </>
  );
}

/** What is not tokens of a type, each in its own unit, and what OpenAI bills without a quantity. */
export function OthersCell({ quantities, currency }: { quantities: Quantities | undefined; currency: string }) {
  const others = [...(quantities?.kinds ?? [])].filter(([kind]) => !isTokenType(kind));
  const uncounted = quantities?.uncounted ?? '0';
  const lines = others.map(([unit, billed]) => (
    <div key={unit}>
      {inUnits(exactNumber(billed.quantity), unit)} <Price billed={billed} kind={unit} currency={currency} />
    </div>
  ));
  if (uncounted !== '0') {
    lines.push(
      <div key="">
        {exactMoney(uncounted, currency)} <small className="aside">without a quantity</small>
      </div>,
    );
  }
  if (lines.length === 0) return <None />;
  if (lines.length <= MOST_LINES) return lines;
  return (
    <details>
      <summary>{lines.length} kinds</summary>
      {lines}
    </details>
  );
}

function Price({ billed, kind, currency }: { billed: Billed; kind: string; currency: string }) {
  const price = unitPrice(billed, kind);
  return price && <small className="aside">{`${exactMoney(price.price, currency)} / ${price.per}`}</small>;
}

function None() {
  return <small className="aside">none</small>;
}
