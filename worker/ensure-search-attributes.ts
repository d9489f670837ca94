import type { NativeConnection } from '@temporalio/worker';

const KEYWORD = 2; // temporal.api.enums.v1.IndexedValueType
// gRPC statuses
const INVALID_ARGUMENT = 3;
const NOT_FOUND = 5;
const ALREADY_EXISTS = 6;
const REFUSED = new Set([7, 12, 16]); // permission denied, unimplemented, unauthenticated

/** A server with a database reads what a namespace has every two seconds. */
const CHECKS = 20;
const PAUSE_MS = 500;

/**
 * Registers the keyword attributes that workflows set, where the namespace lacks them, and waits until the server knows
 * them. Temporal Cloud and clusters with an authorizer let no worker do so.
 * @throws with the command that registers them, where this process may not, or that creates the namespace
 */
export async function ensureSearchAttributes(
  connection: Pick<NativeConnection, 'workflowService' | 'operatorService'>,
  namespace: string,
  names: readonly string[],
): Promise<void> {
  const findMissing = async () => {
    const found = await Promise.all(names.map((name) => isKnown(connection, namespace, name)));
    return names.filter((_, index) => !found[index]);
  };
  let missing = await findMissing();
  if (missing.length === 0) return;
  await register(connection, namespace, missing);
  for (let check = 1; missing.length > 0; check += 1) {
    if (check === CHECKS) throw new Error(`The search attributes ${missing} were registered, and are not there`);
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    missing = await findMissing();
  }
}

async function register(
  { operatorService }: Pick<NativeConnection, 'operatorService'>,
  namespace: string,
  names: readonly string[],
): Promise<void> {
  try {
    await operatorService.addSearchAttributes({
      namespace,
      searchAttributes: Object.fromEntries(names.map((name) => [name, KEYWORD])),
    });
  } catch (error) {
    const code = codeOf(error);
    if (code === ALREADY_EXISTS) return;
    if (code === undefined || !REFUSED.has(code)) throw error;
    throw new Error(`This worker may not register search attributes. Run: ${commandFor(namespace, names)}`);
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
    if (codeOf(error) === INVALID_ARGUMENT) return false;
    if (codeOf(error) !== NOT_FOUND) throw error;
    const create = `temporal operator namespace create --namespace ${namespace} --retention 30d`;
    throw new Error(`There is no namespace ${namespace}. Run: ${create}`);
  }
}

/** To be pasted as it is: what is for Temporal Cloud is a comment to a shell. */
function commandFor(namespace: string, names: readonly string[]): string {
  const attributes = names.map((name) => `--name ${name} --type Keyword`).join(' ');
  const cloud = `tcld namespace search-attributes add --namespace ${namespace} ${names.map((name) => `--sa ${name}=Keyword`).join(' ')}`;
  return `temporal operator search-attribute create --namespace ${namespace} ${attributes} # on Temporal Cloud: ${cloud}`;
}

const codeOf = (error: unknown) => (error as { code?: number }).code;
