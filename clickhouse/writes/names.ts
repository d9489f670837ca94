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
};

/** Writes the names that OpenAI lists now. An id that it no longer lists keeps its last name. */
export async function writeNames(
  warehouse: Warehouse,
  target: IntegrationKey & { version: number },
  names: readonly Name[],
): Promise<void> {
  if (names.length === 0) return;
  await warehouse.insert(
    'name_records',
    names.map((name) => ({ ...target, ...name })),
  );
}
