import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CallReport } from '../cli/call-report.js';
import { packageRoot } from '../platform/package-root.js';
import { decodeWav } from '../voice-gateway/audio/wav.js';

/** Runs the command as a user does; the call is in real time, with the real models. */
function asterism(
  args: readonly string[],
  environment: Record<string, string>,
): Promise<{ code: number | null; output: string }> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [join(packageRoot, 'bin', 'asterism.js'), ...args], {
      env: { ...process.env, ...environment },
    });
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.on('exit', (code) => resolve({ code, output }));
  });
}

describe("the demo patient's call", () => {
  const folder = mkdtempSync(join(tmpdir(), 'asterism-call-'));
  const environment = { ASTERISM_DATA_DIR: join(folder, 'data'), ASTERISM_CALLS_DIR: join(folder, 'calls') };
  let result: { code: number | null; output: string };
  let report: CallReport;
  let callFolder: string;

  beforeAll(async () => {
    const json = join(folder, 'report.json');
    result = await asterism(['call', '--json', json], environment);
    if (!existsSync(json)) throw new Error(`the call left no report:\n${result.output}`);
    report = JSON.parse(readFileSync(json, 'utf8')) as CallReport;
    callFolder = join(environment.ASTERISM_CALLS_DIR, report.callId);
  }, 900_000);

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const spokenBy = (pattern: RegExp): CallReport['turns'][number] | undefined =>
    report.turns.find((turn) => turn.spoken.some(({ text }) => pattern.test(text)));
  const verdictsOf = (turn: CallReport['turns'][number] | undefined, specialist: string): string[] =>
    (turn?.reviews ?? [])
      .filter((review) => review.specialist === specialist)
      .map((review) => review.review?.verdict ?? review.status);

  it('reaches its end, and no gate was passed without an answer', () => {
    expect(report.outcome).toMatchObject({
      outcome: 'completed',
      sentencesPastSilentGates: 0,
      unansweredGates: 0,
    });
    expect(result.code, result.output).toBe(0);
  });

  it('says at once that it is an AI, and nothing about health before two identifiers matched', () => {
    const spoken = report.turns.flatMap((turn) => turn.spoken.map(({ text }) => text));
    expect(spoken.slice(0, 2).join(' ')).toMatch(/automated AI assistant/);
    const verified = spoken.findIndex((text) => /^Thank you, Margaret/.test(text));
    expect(verified).toBeGreaterThan(2);
    for (const text of spoken.slice(0, verified))
      expect(text).not.toMatch(/heart|hospital|medicine|weight|lisinopril/i);
  });

  it('stops ibuprofen with heart failure, lisinopril and furosemide, by the medication specialist', () => {
    const turn = report.turns.find((candidate) =>
      candidate.reviews.some(
        ({ specialist, review }) =>
          specialist === 'medication' &&
          review?.facts.some(
            (fact) =>
              fact.subjects.includes('ibuprofen') && ['major', 'contraindicated'].includes(fact.severity),
          ),
      ),
    );
    expect(turn, 'no turn holds a serious finding about ibuprofen').toBeDefined();
    expect(turn?.spoken.map(({ text }) => text).join(' ')).toMatch(/ibuprofen/i);
    const facts = turn?.reviews.flatMap(({ review }) => review?.facts ?? []) ?? [];
    for (const fact of facts) expect(fact.citation).not.toBe('');
  });

  it('reads back a medicine that was not surely heard', () => {
    const turn = report.turns.find((candidate) =>
      verdictsOf(candidate, 'medication').includes('VERDICT_ASK'),
    );
    expect(turn, 'the medication specialist never asked').toBeDefined();
    expect(turn?.spoken.map(({ text }) => text).join(' ')).toMatch(/did you (say|mean)|is that|do you mean/i);
  });

  it('notices a weight gain of five pounds, by the labs-vitals specialist', () => {
    const turn = report.turns.find((candidate) =>
      candidate.reviews.some(
        ({ specialist, review }) =>
          specialist === 'labs-vitals' &&
          review?.facts.some((fact) => ['trend', 'vital'].includes(fact.kind) && fact.severity === 'high'),
      ),
    );
    expect(turn?.heard).toMatch(/187|eighty/i);
    expect(turn?.spoken.map(({ text }) => text).join(' ')).toMatch(/pounds/);
    expect(report.outcome.nurseTasks.join(' ')).toMatch(/weight|pounds/i);
  });

  it('falls silent when the patient speaks over it, and keeps only what was heard', () => {
    const interrupted = report.turns.find((turn) => turn.yieldMs !== undefined);
    expect(interrupted?.yieldMs).toBeGreaterThan(0);
    const cut = report.turns
      .flatMap((turn) => turn.spoken)
      .filter(({ text, played }) => played !== '' && played.length < text.length);
    expect(cut.length).toBeGreaterThan(0);
    for (const { text, played } of cut) expect(text.startsWith(played)).toBe(true);
  });

  it('leaves a stereo recording that begins with the consent, a transcript and the log', () => {
    expect(readdirSync(callFolder).sort()).toEqual([
      'events.jsonl',
      'fhir-write-back.json',
      'recording.wav',
      'transcript.json',
      'transcript.txt',
    ]);
    const wav = readFileSync(join(callFolder, 'recording.wav'));
    expect(wav.readUInt16LE(22)).toBe(2);
    const { samples, sampleRateHz } = decodeWav(wav);
    expect(samples.length / sampleRateHz).toBeGreaterThan(60);
    expect(samples.some((sample) => Math.abs(sample) > 0.1)).toBe(true);
    const transcript = readFileSync(join(callFolder, 'transcript.txt'), 'utf8');
    expect(transcript).toContain('automated AI assistant');
    expect(transcript).toMatch(/Patient .*Ellis/i);
  });

  it('can be rebuilt from its log alone', async () => {
    const replayed = await asterism(['replay', report.callId], environment);
    expect(replayed.output).toContain('The log gives the state that the call saw.');
    expect(replayed.code).toBe(0);
    const transcript = readFileSync(join(callFolder, 'transcript.txt'), 'utf8').trim();
    expect(replayed.output).toContain(transcript);
  });

  it('was spoken: a turn that greets the verified patient is in the record as played', () => {
    expect(
      spokenBy(/^Thank you, Margaret/)?.spoken.some(({ played }) => played.startsWith('Thank you, Margaret')),
    ).toBe(true);
  });
});
