const MAX_LENGTH = 100;
/** Nothing is written like this but keys: of OpenAI, in a path by mistake. */
const KEY = /(^|[^A-Za-z0-9])sk-/i;

/**
 * The path of what a request acts on. A value that is no id of ours, or that may be a key, is left out: its parameter's
 * name stands in its place, as in the route's own path.
 */
export function auditedPath(path: string, params: Readonly<Record<string, string | readonly string[]>>): string {
  const named = path.replaceAll(/:(\w+)/g, (parameter, name: string) => {
    const value = String(params[name]);
    return /^[\w-]+$/.test(value) && value.length <= MAX_LENGTH && !KEY.test(value) ? value : parameter;
  });
  return `/v1${named}`;
}
