import { z } from 'zod';
import type { IntegrationKey } from '#domain/integration.ts';
import type { Warehouse } from '../client/client.ts';

/** What the provider calls one of its ids. */
export type Name = {
  kind: 'project' | 'api_key' | 'user';
  id: string;
  name: string;
  status?: string;
  email?: string;
  project_id?: string;
  residency?: string;
};

/**
 * Writes the names that OpenAI lists now, list by list. An id that it no longer lists keeps its last name, and so does
 * one that it lists without a name; the known names are read once, when the first of these comes.
 */
export function createNameWriter(warehouse: Warehouse, target: IntegrationKey & { version: number }) {
  let known: Promise<Map<string, KnownName>> | undefined;

  return {
    async write(names: readonly Name[]): Promise<void> {
      if (names.length === 0) return;
      if (names.some(({ name }) => name === '')) known ??= readKnownNames(warehouse, target);
      const before = await known;
      const rows = names.map((name) => {
        const old = name.name === '' ? before?.get(nameKey(name)) : undefined;
        return { ...target, ...name, ...(old && { name: old.name, email: name.email || old.email }) };
      });
      await warehouse.insert('name_records', rows);
    },
  };
}

const knownName = z.object({ kind: z.string(), id: z.string(), name: z.string(), email: z.string() });
type KnownName = z.infer<typeof knownName>;
const nameKey = ({ kind, id }: { kind: string; id: string }) => JSON.stringify([kind, id]);

async function readKnownNames(warehouse: Warehouse, key: IntegrationKey): Promise<Map<string, KnownName>> {
  const names = await warehouse.query({
    name: 'known names',
    sql: `SELECT kind, id, name, email FROM name_records FINAL
          WHERE tenant_id = {tenant_id: String} AND integration_id = {integration_id: String} AND name != ''`,
    params: { tenant_id: key.tenant_id, integration_id: key.integration_id },
    row: knownName,
  });
  return new Map(names.map((name) => [nameKey(name), name]));
}
