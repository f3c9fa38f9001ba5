// Fails when the committed TypeScript is not what the contracts generate.
import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const generated = 'protos/generated';
const kept = mkdtempSync(join(tmpdir(), 'asterism-generated-'));
cpSync(generated, kept, { recursive: true });
try {
  execFileSync('npx', ['buf', 'generate'], { stdio: 'inherit' });
  const files = (folder) =>
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
      .sort();
  const [before, after] = [files(kept), files(generated)];
  const drifted = [...new Set([...before, ...after])].filter(
    (file) =>
      !before.includes(file) ||
      !after.includes(file) ||
      readFileSync(join(kept, file), 'utf8') !== readFileSync(join(generated, file), 'utf8'),
  );
  if (drifted.length > 0) {
    console.error(
      `the committed contracts differ from what they generate: ${drifted.join(', ')}\nrun make generate`,
    );
    process.exitCode = 1;
  }
} finally {
  rmSync(kept, { recursive: true, force: true });
}
