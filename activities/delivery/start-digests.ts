import { listDigestReceivers } from '#clickhouse/channels/channels.ts';
import { dueDigest } from '#domain/channels/digest.ts';
import { sendDigest } from '#workflows/contract/commands.ts';
import type { Dependencies } from '../context/dependencies.ts';

/** Starts the digests of all tenants that are due by now; each is started once, by its id. One statement for all. */
export async function startDigests(
  { warehouse, temporal }: Pick<Dependencies, 'warehouse' | 'temporal'>,
  { now }: { now: number },
): Promise<void> {
  for (const { digests, ...receiver } of await listDigestReceivers(warehouse)) {
    for (const digest of digests) {
      const due = dueDigest(digest, now);
      if (due) await sendDigest(temporal, { ...receiver, digest_id: due.id });
    }
  }
}
