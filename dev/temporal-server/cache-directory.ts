import { homedir } from 'node:os';
import { join } from 'node:path';

/** Where fetched programs are kept, for all checkouts: below XDG_CACHE_HOME, or the operating system's cache directory. */
export function cacheDirectory(xdgCacheHome: string | undefined): string {
  const platform = process.platform === 'darwin' ? join(homedir(), 'Library', 'Caches') : join(homedir(), '.cache');
  return join(xdgCacheHome ?? platform, 'pump');
}
