import type { Command } from 'commander';
import { accessSync, constants, existsSync, mkdirSync, readdirSync } from 'node:fs';
import { createServer } from 'node:net';
import pc from 'picocolors';
import { briefOf } from '../../agents/record-summary/brief.js';
import { openRecordSource } from '../../agents/record-summary/open-record-source.js';
import { loadPolicy, samplePolicyFolder } from '../../clinical-kb/policy/load-policy.js';
import { modelFileIds, modelFilePath } from '../../models/resolve.js';
import { openConfiguredDatabase } from '../database.js';
import { localDate, localZone } from '../../platform/local-date.js';
import { messageOf } from '../../platform/errors.js';
import { readConfiguration, type Configuration } from '../configuration.js';

/** bad: calls cannot work; missing: something optional is not there. */
interface Finding {
  readonly state: 'good' | 'bad' | 'missing';
  readonly subject: string;
  readonly detail: string;
}

export function registerDoctorCommand(program: Command): void {
  program
    .command('doctor')
    .description('check models, ports, database and settings, and say what mends what is wrong')
    .action(async () => {
      const findings = await examine();
      for (const { state, subject, detail } of findings) {
        const sign = { good: pc.green('good   '), bad: pc.red('bad    '), missing: pc.yellow('missing') }[
          state
        ];
        console.log(`${sign}  ${subject.padEnd(22)}  ${detail}`);
      }
      if (findings.some(({ state }) => state === 'bad')) process.exitCode = 1;
    });
}

async function examine(): Promise<readonly Finding[]> {
  let configuration: Configuration;
  try {
    configuration = readConfiguration();
  } catch (thrown) {
    return [node(), { state: 'bad', subject: 'settings', detail: messageOf(thrown) }];
  }
  return [
    node(),
    ...models(),
    await port('gateway port', configuration.host, configuration.port),
    await database(configuration),
    folder('calls folder', configuration.callsFolder),
    await records(configuration),
    ...(await policies(configuration)),
    ...telephone(configuration),
    {
      state: 'missing',
      subject: 'browser calls',
      detail: 'WebRTC is not part of this version; calls come over WebSocket',
    },
  ];
}

function node(): Finding {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const good = major > 20 || (major === 20 && minor >= 19);
  return {
    state: good ? 'good' : 'bad',
    subject: 'Node.js',
    detail: good ? process.versions.node : `${process.versions.node}; 20.19 or later is needed`,
  };
}

function models(): Finding[] {
  const missing = modelFileIds.filter((id) => !existsSync(modelFilePath(id)));
  const required = missing.filter((id) => !id.startsWith('whisper-tiny-en'));
  return [
    required.length === 0
      ? {
          state: 'good',
          subject: 'models',
          detail: 'all required files are in the cache (asterism models verify re-reads them)',
        }
      : { state: 'bad', subject: 'models', detail: `${required.join(', ')}: run asterism models fetch` },
    ...(missing.length > required.length
      ? [
          {
            state: 'missing' as const,
            subject: 'small speech model',
            detail: 'tiny.en, needed only for ASTERISM_SPEECH_MODEL=tiny.en: asterism models fetch --all',
          },
        ]
      : []),
  ];
}

async function port(subject: string, host: string, number: number): Promise<Finding> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', (error) =>
      resolve({
        state: 'bad',
        subject,
        detail: `${host}:${String(number)}: ${error.message}; choose another with --port`,
      }),
    );
    server.listen(number, host, () =>
      server.close(() => resolve({ state: 'good', subject, detail: `${host}:${String(number)} is free` })),
    );
  });
}

async function database(configuration: Configuration): Promise<Finding> {
  const subject = configuration.databaseUrl === undefined ? 'embedded database' : 'PostgreSQL';
  try {
    const opened = await openConfiguredDatabase(configuration);
    await opened.close();
    return { state: 'good', subject, detail: 'opens, and its tables are up to date' };
  } catch (thrown) {
    return { state: 'bad', subject, detail: messageOf(thrown) };
  }
}

function folder(subject: string, path: string): Finding {
  try {
    mkdirSync(path, { recursive: true });
    accessSync(path, constants.W_OK);
    return { state: 'good', subject, detail: path };
  } catch (thrown) {
    return { state: 'bad', subject, detail: messageOf(thrown) };
  }
}

async function records({ records: settings }: Configuration): Promise<Finding> {
  const subject = 'records';
  if (settings.fhirServer) {
    return { state: 'good', subject, detail: `${settings.fhirServer.url}; asterism brief PATIENT tries it` };
  }
  const { folder } = settings;
  try {
    const ids = readdirSync(folder)
      .filter((file) => file.endsWith('.json'))
      .map((file) => file.slice(0, -'.json'.length));
    if (ids.length === 0) return { state: 'missing', subject, detail: `none in ${folder}` };
    const source = openRecordSource(settings);
    let unused = 0;
    for (const patientId of ids) {
      const { bundle } = await source.find(patientId, new AbortController().signal);
      unused += briefOf(bundle, { patientId, today: localDate(new Date()), timeZone: localZone() }).warnings
        .length;
    }
    const left = unused === 0 ? '' : `; ${String(unused)} parts are not used, asterism brief names them`;
    return { state: 'good', subject, detail: `${String(ids.length)} in ${folder}${left}` };
  } catch (thrown) {
    return { state: 'bad', subject, detail: messageOf(thrown) };
  }
}

async function policies({ policyFolder }: Configuration): Promise<Finding[]> {
  const subject = 'policy documents';
  const folder = policyFolder ?? samplePolicyFolder;
  try {
    const { documents, problems } = await loadPolicy(folder);
    return [
      {
        state: policyFolder === undefined ? 'missing' : 'good',
        subject,
        detail:
          policyFolder === undefined
            ? "an invented hospital's: set ASTERISM_POLICY_DIR to your own (docs/policy.md)"
            : `${String(documents.length)} in ${folder}`,
      },
      ...problems.map(({ message }): Finding => ({ state: 'bad', subject, detail: message })),
    ];
  } catch (thrown) {
    return [{ state: 'bad', subject, detail: messageOf(thrown) }];
  }
}

function telephone(configuration: Configuration): Finding[] {
  if (configuration.publicUrl === undefined && configuration.twilio.authToken === undefined) {
    return [
      {
        state: 'missing',
        subject: 'telephone',
        detail: 'set ASTERISM_PUBLIC_URL and TWILIO_AUTH_TOKEN to attach a Twilio number',
      },
    ];
  }
  const findings: Finding[] = [];
  const { publicUrl, twilio } = configuration;
  if (publicUrl === undefined)
    findings.push({
      state: 'bad',
      subject: 'public address',
      detail: 'TWILIO_AUTH_TOKEN is set, ASTERISM_PUBLIC_URL is not: signatures cannot be checked',
    });
  else if (!publicUrl.startsWith('https://'))
    findings.push({
      state: 'bad',
      subject: 'public address',
      detail: `${publicUrl}: Twilio connects to wss on port 443 only, so this must be https://`,
    });
  else findings.push({ state: 'good', subject: 'public address', detail: publicUrl });
  findings.push(
    twilio.authToken === undefined
      ? {
          state: 'bad',
          subject: 'Twilio signature',
          detail: 'TWILIO_AUTH_TOKEN is not set: anyone could place calls',
        }
      : { state: 'good', subject: 'Twilio signature', detail: 'is checked' },
    twilio.accountSid === undefined
      ? {
          state: 'missing',
          subject: 'Twilio account',
          detail:
            'TWILIO_ACCOUNT_SID is not set: calls end by closing the stream instead of over the REST interface',
        }
      : { state: 'good', subject: 'Twilio account', detail: 'is set' },
  );
  return findings;
}
