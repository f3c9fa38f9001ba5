import { Option, type Command } from 'commander';
import { readConfiguration } from '../configuration.js';
import { startConstellation, startPart } from '../constellation.js';
import { parts, type Part } from '../parts/part.js';

export function registerServeCommand(program: Command): void {
  program
    .command('serve')
    .description('start the constellation, or one part of it, and wait for calls')
    .option('--port <number>', 'port of the gateway (default: ASTERISM_PORT or 8080)')
    .addOption(new Option('--only <part>', 'start one part of the constellation').choices(parts))
    .action(async (options: { port?: string; only?: Part }) => {
      const configuration = readConfiguration({
        ...process.env,
        ...(options.port === undefined ? {} : { ASTERISM_PORT: options.port }),
      });
      const running = options.only
        ? await startPart(configuration, options.only)
        : await startConstellation(configuration);
      for (const line of running.lines) console.log(line);
      await new Promise<void>((resolve) => {
        process.once('SIGINT', resolve);
        process.once('SIGTERM', resolve);
      });
      await running.close();
    });
}
