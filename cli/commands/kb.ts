import Table from 'cli-table3';
import type { Command } from 'commander';
import { stringify } from 'yaml';
import { citationText } from '../../clinical-kb/citation.js';
import { loadInstructions } from '../../clinical-kb/escalation/instructions.js';
import { loadRedFlags } from '../../clinical-kb/escalation/red-flags.js';
import { loadTaxonomy } from '../../clinical-kb/guard/taxonomy.js';
import { isAbout, listCoverage, readInventory } from '../../clinical-kb/inventory.js';
import { loadEffects } from '../../clinical-kb/labs/load-effects.js';
import { loadMeasures } from '../../clinical-kb/labs/load-measures.js';
import { loadMedicines } from '../../clinical-kb/medicines/load-medicines.js';
import { loadNutrition } from '../../clinical-kb/nutrition/load-nutrition.js';
import { loadHealthWords, loadPrivacySignals } from '../../clinical-kb/privacy/privacy-rules.js';
import { loadProtocols, loadWording } from '../../clinical-kb/protocols/load.js';
import { messageOf } from '../../platform/errors.js';

/** Every loader of the knowledge base; each refuses what is uncited, malformed or contradictory in its files. */
const loaders = {
  escalation: () => Promise.all([loadRedFlags(), loadInstructions()]),
  guard: () => loadTaxonomy(),
  'labs and vitals': async () => loadEffects(await loadMeasures()),
  medicines: () => loadMedicines(),
  nutrition: () => loadNutrition(),
  privacy: () => Promise.all([loadHealthWords(), loadPrivacySignals()]),
  protocols: () => Promise.resolve([loadProtocols(), loadWording()]),
} satisfies Record<string, () => Promise<unknown>>;

/** `asterism kb`: what the specialists know, where it comes from, and whether it holds together. */
export function registerKbCommand(program: Command): void {
  const kb = program.command('kb').description('what the specialists know, with its sources');
  kb.command('lint')
    .description('check every file: schema, a source for every fact, no contradictions')
    .action(lint);
  kb.command('show <term>')
    .description('everything that the knowledge base holds about a medicine, class, lab, food, sign, …')
    .action(show);
  kb.command('coverage')
    .description('how much is known, and how much of it was compared with its source')
    .action(coverage);
}

async function lint(): Promise<void> {
  let failures = 0;
  for (const [area, load] of Object.entries(loaders)) {
    try {
      await load();
      console.log(`${area}: holds together`);
    } catch (thrown) {
      failures++;
      console.log(messageOf(thrown));
    }
  }
  if (failures === 0) {
    const files = await readInventory();
    const facts = files.reduce((sum, { entries }) => sum + entries.length, 0);
    console.log(`${String(files.length)} files, ${String(facts)} facts, each with a source`);
  } else process.exitCode = 1;
}

async function show(term: string): Promise<void> {
  const found = (await readInventory()).flatMap(({ file, entries }) =>
    entries.filter(({ entry }) => isAbout(entry, term)).map((one) => ({ file, ...one })),
  );
  for (const { file, path, entry, citation } of found) {
    const { checked, written } = citation;
    const compared = checked === undefined ? 'not compared with the source yet' : `compared ${checked}`;
    console.log(`── ${file} ${path}`);
    console.log(stringify({ ...entry, cite: undefined }, { lineWidth: 110 }).trimEnd());
    console.log(`source: ${citationText(citation)}; written ${written}, ${compared}\n`);
  }
  if (found.length > 0) return;
  console.log(`nothing is known about "${term}"; give its name as the knowledge base writes it`);
  process.exitCode = 1;
}

async function coverage(): Promise<void> {
  const files = await readInventory();
  const table = new Table({ head: ['file', 'version', 'facts', 'sources', 'compared'] });
  for (const { file, version, entries, sources } of files) {
    const compared = entries.filter(({ citation }) => citation.checked !== undefined).length;
    table.push([file, version, entries.length, sources, compared]);
  }
  console.log(table.toString());
  for (const file of files) {
    for (const { list, entries, fields } of listCoverage(file)) {
      const parts = Object.entries(fields).map(([field, count]) => `${field} ${String(count)}`);
      console.log(
        `${file.file} ${list}: ${String(entries)}${parts.length > 0 ? `; of them with ${parts.join(', ')}` : ''}`,
      );
    }
  }
}
