import { execFileSync } from 'node:child_process';
import { packageRoot } from '../platform/package-root.js';

/** Worker threads load compiled JavaScript, so what is tested must be what is compiled. */
export default function setup(): void {
  execFileSync('npx', ['tsc', '-p', '.'], { cwd: packageRoot, stdio: 'inherit' });
}
