import { type DeliveryKey, type DeliveryReceipt, writeDelivery } from '#clickhouse/channels/deliveries.ts';
import type { Dependencies } from '../context/dependencies.ts';

/** How an attempt to deliver ended. `attempted_at`: unix milliseconds. */
export type Kept = DeliveryKey & DeliveryReceipt & { attempted_at: number };

/** Keeps the receipt of an attempt; once more, it is the same receipt. */
export async function keepReceipt(
  { warehouse }: Pick<Dependencies, 'warehouse'>,
  { outcome, status, accepted, attempted_at, ...key }: Kept,
): Promise<void> {
  await writeDelivery(warehouse, key, attempted_at, { outcome, status, accepted });
}
