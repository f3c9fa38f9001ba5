import type { Command } from 'commander';
import { briefOf } from '../../agents/record-summary/brief.js';
import { openRecordSource } from '../../agents/record-summary/open-record-source.js';
import { localDate, localZone } from '../../platform/local-date.js';
import { readConfiguration } from '../configuration.js';

/** What the specialists would know of a patient, and what of the record they would not. */
export function registerBriefCommand(program: Command): void {
  program
    .command('brief')
    .description("read a patient's record and show the brief that a call would use")
    .argument('<patientId>', 'Patient.id, for example margaret-ellis')
    .option('--json', 'print the brief as JSON')
    .action(async (patientId: string, options: { json?: boolean }) => {
      const source = openRecordSource(readConfiguration().records);
      const { bundle, warnings } = await source.find(patientId, AbortSignal.timeout(30_000));
      const brief = briefOf(bundle, { patientId, today: localDate(new Date()), timeZone: localZone() });
      if (options.json) {
        console.log(JSON.stringify(brief, null, 2));
        return;
      }
      if (brief.deceased) console.log('The record says that the patient died: nobody is called.');
      for (const { text, source: resource } of brief.lines) console.log(`${text}  (${resource})`);
      for (const warning of [...warnings, ...brief.warnings]) console.log(`not used: ${warning}`);
    });
}
