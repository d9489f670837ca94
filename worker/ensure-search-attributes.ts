import type { NativeConnection } from '@temporalio/worker';

const KEYWORD = 2; // temporal.api.enums.v1.IndexedValueType
const ALREADY_EXISTS = 6; // gRPC status

/** Registers the keyword attributes that workflows set: a namespace may be older than they are. */
export async function ensureSearchAttributes(
  connection: NativeConnection,
  namespace: string,
  names: readonly string[],
): Promise<void> {
  try {
    await connection.operatorService.addSearchAttributes({
      namespace,
      searchAttributes: Object.fromEntries(names.map((name) => [name, KEYWORD])),
    });
  } catch (error) {
    if ((error as { code?: number }).code !== ALREADY_EXISTS) throw error;
  }
}
