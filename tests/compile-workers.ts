import { spawnSync } from 'node:child_process';
import { packageRoot } from '../platform/package-root.js';

/** Worker threads load compiled JavaScript, so what is tested must be what is compiled. */
export default function setup(): void {
  const result = spawnSync('npx', ['tsc', '-p', '.'], { cwd: packageRoot, stdio: 'inherit' });
  // The compiler writes JavaScript even where types are wrong; make check is where that fails.
  if (result.error) throw result.error;
}
