/** A decimal text for people: "1234.565" is $1,234.57. Half a cent is rounded away from zero; no float is involved. */
export function formatMoney(amount: string): string {
  const [, sign, whole = '0', fraction = ''] = /^(-?)(\d+)(?:\.(\d*))?$/.exec(amount) ?? [];
  if (sign === undefined) throw new TypeError(`${JSON.stringify(amount)} is not a decimal number`);
  const roundUp = (fraction[2] ?? '0') >= '5' ? 1n : 0n;
  const cents = BigInt(whole + fraction.slice(0, 2).padEnd(2, '0')) + roundUp;
  const digits = cents.toString().padStart(3, '0');
  const dollars = digits.slice(0, -2).replace(/\B(?=(\d{3})+$)/g, ',');
  return `${cents === 0n ? '' : sign}$${dollars}.${digits.slice(-2)}`;
}
