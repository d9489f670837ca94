import type { NativeConnection } from '@temporalio/worker';

const KEYWORD = 2; // temporal.api.enums.v1.IndexedValueType
// gRPC statuses
const INVALID_ARGUMENT = 3;
const ALREADY_EXISTS = 6;
const REFUSED = new Set([7, 12, 16]); // permission denied, unimplemented, unauthenticated

/**
 * Registers the keyword attributes that workflows set, where the namespace lacks them. Temporal Cloud and clusters with
 * an authorizer let no worker do so.
 * @throws with the command that registers them, where this process may not
 */
export async function ensureSearchAttributes(
  connection: Pick<NativeConnection, 'workflowService' | 'operatorService'>,
  namespace: string,
  names: readonly string[],
): Promise<void> {
  const found = await Promise.all(names.map((name) => isKnown(connection, namespace, name)));
  const missing = names.filter((_, index) => !found[index]);
  if (missing.length === 0) return;
  try {
    await connection.operatorService.addSearchAttributes({
      namespace,
      searchAttributes: Object.fromEntries(missing.map((name) => [name, KEYWORD])),
    });
  } catch (error) {
    const code = codeOf(error);
    if (code === ALREADY_EXISTS) return;
    if (code === undefined || !REFUSED.has(code)) throw error;
    throw new Error(`This worker may not register search attributes. Run: ${commandFor(namespace, missing)}`);
  }
}

/** By a question that anybody may put who may run workflows: to list attributes takes more rights. */
async function isKnown(
  connection: Pick<NativeConnection, 'workflowService'>,
  namespace: string,
  name: string,
): Promise<boolean> {
  try {
    await connection.workflowService.countWorkflowExecutions({ namespace, query: `${name} = ''` });
    return true;
  } catch (error) {
    if (codeOf(error) !== INVALID_ARGUMENT) throw error;
    return false;
  }
}

function commandFor(namespace: string, names: readonly string[]): string {
  const attributes = names.map((name) => `--name ${name} --type Keyword`).join(' ');
  return `temporal operator search-attribute create --namespace ${namespace} ${attributes} (on Temporal Cloud: tcld namespace search-attributes add --namespace ${namespace} ${names.map((name) => `--sa ${name}=Keyword`).join(' ')})`;
}

const codeOf = (error: unknown) => (error as { code?: number }).code;
