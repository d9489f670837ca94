import { exactMoney } from '../../ui/format/money.ts';
import { exactNumber } from '../../ui/format/number.ts';
import { type Billed, isTokenType, type Quantities } from '../data/quantities.ts';
import { inUnits, unitPrice } from '../data/unit-price.ts';
import styles from './tables.module.css';

/** More lines than these are folded, so that no row is much higher than the others. */
const MOST_LINES = 2;

/** Tokens of one type, and the price of a million. */
export function TokensCell({ billed, kind, currency }: { billed: Billed | undefined; kind: string; currency: string }) {
  if (!billed) return <None />;
  return (
    <>
      {exactNumber(billed.quantity)}
      <Price billed={billed} kind={kind} currency={currency} />
    </>
  );
}

/** Quantities other than tokens, each in its own unit, and the amount billed without a quantity. */
export function OthersCell({ quantities, currency }: { quantities: Quantities | undefined; currency: string }) {
  const others = [...(quantities?.kinds ?? [])].filter(([kind]) => !isTokenType(kind));
  const withoutQuantity = quantities?.amountWithoutQuantity ?? '0';
  const lines = others.map(([unit, billed]) => (
    <div key={unit}>
      {inUnits(exactNumber(billed.quantity), unit)} <Price billed={billed} kind={unit} currency={currency} />
    </div>
  ));
  if (withoutQuantity !== '0') {
    lines.push(
      <div key="">
        {exactMoney(withoutQuantity, currency)} <small className={styles.aside}>without a quantity</small>
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
  return price && <small className={styles.aside}>{`${exactMoney(price.price, currency)} / ${price.per}`}</small>;
}

function None() {
  return <small className={styles.aside}>none</small>;
}
