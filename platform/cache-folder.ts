import { homedir } from 'node:os';
import { join } from 'node:path';

/** The folder for large files shared by all checkouts: ASTERISM_CACHE_DIR, else XDG_CACHE_HOME/asterism, else ~/.cache/asterism. */
export function cacheFolder(): string {
  const own = process.env['ASTERISM_CACHE_DIR'];
  if (own) return own;
  const shared = process.env['XDG_CACHE_HOME'];
  return join(shared ? shared : join(homedir(), '.cache'), 'asterism');
}
