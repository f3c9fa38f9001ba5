import { Command } from 'commander';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { AsterismError, messageOf } from '../platform/errors.js';
import { packageRoot } from '../platform/package-root.js';
import { registerAblateCommand } from './commands/ablate.js';
import { registerBriefCommand } from './commands/brief.js';
import { registerCallCommand } from './commands/call.js';
import { registerCallsCommand } from './commands/calls.js';
import { registerConsultCommand } from './commands/consult.js';
import { registerDoctorCommand } from './commands/doctor.js';
import { registerKbCommand } from './commands/kb.js';
import { registerModelsCommand } from './commands/models.js';
import { registerReplayCommand } from './commands/replay.js';
import { registerServeCommand } from './commands/serve.js';
import { registerTasksCommand } from './commands/tasks.js';

const { version } = JSON.parse(readFileSync(join(packageRoot, 'package.json'), 'utf8')) as {
  version: string;
};

const program = new Command('asterism')
  .description('An open, self-hosted, real-time healthcare voice-agent constellation.')
  .version(version);
registerServeCommand(program);
registerCallCommand(program);
registerCallsCommand(program);
registerConsultCommand(program);
registerTasksCommand(program);
registerAblateCommand(program);
registerBriefCommand(program);
registerReplayCommand(program);
registerKbCommand(program);
registerModelsCommand(program);
registerDoctorCommand(program);

try {
  await program.parseAsync();
} catch (thrown) {
  // A coded error says what mends it; anything else is a defect and needs its stack.
  process.stderr.write(
    `${thrown instanceof AsterismError ? thrown.message : thrown instanceof Error ? (thrown.stack ?? thrown.message) : messageOf(thrown)}\n`,
  );
  process.exitCode = 1;
}
