import { homedir } from 'node:os';
import { join } from 'node:path';

/** Where programs that we fetched are kept for every checkout: XDG_CACHE_HOME, or the operating system's own place. */
export function cacheDirectory(xdgCacheHome: string | undefined): string {
  const platform = process.platform === 'darwin' ? join(homedir(), 'Library', 'Caches') : join(homedir(), '.cache');
  return join(xdgCacheHome ?? platform, 'pump');
}
