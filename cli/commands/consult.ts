import { createReadStream, createWriteStream } from 'node:fs';
import { access, constants } from 'node:fs/promises';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Command } from 'commander';
import { isSpecialistName, specialistNames, startSpecialists } from '../../agents/specialists.js';
import { AsterismError, messageOf } from '../../platform/errors.js';
import { connectSpecialists, consultBatch, type BatchCount } from '../consult/consult-batch.js';

interface ConsultOptions {
  readonly batch: string;
  readonly out: string;
  readonly agents?: string;
}

export function registerConsultCommand(program: Command): void {
  program
    .command('consult')
    .description(
      'ask the specialists about lines of text, through the same services as a call, without audio',
    )
    .requiredOption('--batch <file>', 'JSON lines to consult on')
    .requiredOption('--out <file>', 'where the answers go, one line for each, in the same order')
    .option(
      '--agents <addresses>',
      `specialists that are running already, as name=host:port,… for all of ${specialistNames.join(', ')}`,
    )
    .action(async (options: ConsultOptions) => {
      const { consulted, invalid } = await consultFiles(options);
      const bad = invalid === 0 ? '' : `, ${String(invalid)} could not be read (see their error lines)`;
      console.log(`${String(consulted)} lines consulted${bad}; answers in ${options.out}`);
    });
}

/** @throws AsterismError INPUT_INVALID, SPECIALIST_UNREACHABLE, KNOWLEDGE_INVALID */
export async function consultFiles({ batch, out, agents }: ConsultOptions): Promise<BatchCount> {
  try {
    await access(batch, constants.R_OK);
  } catch (thrown) {
    throw new AsterismError('INPUT_INVALID', `--batch ${batch} cannot be read: ${messageOf(thrown)}`);
  }
  const own = agents === undefined ? await startSpecialists({ names: specialistNames }) : undefined;
  try {
    const addresses = own
      ? Object.fromEntries(Object.entries(own).map(([name, { address }]) => [name, address]))
      : addressesOf(agents ?? '');
    const specialists = await connectSpecialists(addresses);
    try {
      return await writeTo(out, (write) =>
        consultBatch(
          createInterface({ input: createReadStream(batch), crlfDelay: Infinity }),
          specialists,
          write,
        ),
      );
    } finally {
      specialists.close();
    }
  } finally {
    await Promise.all(Object.values(own ?? {}).map((specialist) => specialist.close()));
  }
}

function addressesOf(text: string): Record<string, string> {
  const pairs = text.split(',').map((pair) => pair.trim().split('='));
  const addresses: Record<string, string> = {};
  for (const [name, address] of pairs) {
    if (name === undefined || !address || !isSpecialistName(name)) {
      throw new AsterismError('INPUT_INVALID', '--agents: expected name=host:port, separated by commas');
    }
    addresses[name] = address;
  }
  const missing = specialistNames.find((name) => !Object.hasOwn(addresses, name));
  if (missing !== undefined) throw new AsterismError('INPUT_INVALID', `--agents: no address for ${missing}`);
  return addresses;
}

/** Writes lines to a file, waiting when the disk is slower than the specialists. */
async function writeTo<Result>(
  path: string,
  work: (write: (line: string) => Promise<void>) => Promise<Result>,
): Promise<Result> {
  const stream = createWriteStream(path);
  try {
    await once(stream, 'open');
  } catch (thrown) {
    throw new AsterismError('INPUT_INVALID', `--out ${path} cannot be written: ${messageOf(thrown)}`);
  }
  try {
    return await work(async (line) => {
      if (!stream.write(`${line}\n`)) await once(stream, 'drain');
    });
  } finally {
    stream.end();
    await once(stream, 'close');
  }
}
