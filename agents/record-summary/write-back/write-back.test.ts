import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Bundle, DocumentReference, Observation, Provenance, QuestionnaireResponse } from 'fhir/r4.js';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Observation as ReadingParts } from '../../../protos/generated/asterism/v1/patient.js';
import { WriteBackRequest } from '../../../protos/generated/asterism/v1/record_summary.js';
import { startTestFhirServer, type TestFhirServer } from '../test-fhir-server.js';
import { transactionOf } from './transaction.js';
import { writeBack } from './write-back.js';

const call = WriteBackRequest.fromPartial({
  callId: 'call-1',
  patientId: 'pat',
  startedAt: '2026-03-01T15:00:00.000Z',
  endedAt: '2026-03-01T15:09:30.000Z',
  outcome: 'completed',
  verified: true,
  readings: [
    {
      observation: { name: 'body weight', loinc: '29463-7', value: 187, unit: '[lb_av]', date: '2026-03-01' },
      confirmed: true,
    },
  ],
  answers: [
    { itemId: 'swelling', question: 'swelling', answer: 'answer no', confirmed: true },
    { itemId: 'medicine:x', question: 'taking x', answer: 'dose 4', confirmed: false },
  ],
  summary: 'Situation: é “said”.\nBackground: x.',
  protocolId: 'heart-failure-discharge',
  protocolVersion: '2026.11.1',
  softwareVersion: '0.1.0',
});

function reading(parts: Partial<ReadingParts>, confirmed = true): Pick<WriteBackRequest, 'readings'> {
  const observation = { name: 'x', loinc: '', value: 1, unit: 'kg', date: '', ...parts };
  return { readings: [{ observation, confirmed }] };
}

function resourcesOf<Type>(bundle: Bundle, type: string): Type[] {
  return (bundle.entry ?? []).flatMap(({ resource }) =>
    resource?.resourceType === type ? [resource as Type] : [],
  );
}

describe('the transaction of a call', () => {
  const bundle = transactionOf(call);

  it('holds what was said in the call, each with its provenance', () => {
    const types = (bundle.entry ?? []).map(({ resource }) => resource?.resourceType);
    expect(types.filter((type) => type !== 'Provenance')).toEqual([
      'Communication',
      'Observation',
      'QuestionnaireResponse',
      'DocumentReference',
    ]);
    const targets = resourcesOf<Provenance>(bundle, 'Provenance').map(({ target }) => target[0]?.reference);
    const written = (bundle.entry ?? [])
      .map(({ request }) => request?.url)
      .filter((url) => !url?.startsWith('Provenance/'));
    expect(targets).toEqual(written);
  });

  it('says the reading in UCUM and LOINC, by the patient', () => {
    expect(resourcesOf<Observation>(bundle, 'Observation')).toMatchObject([
      {
        status: 'final',
        code: { coding: [{ system: 'http://loinc.org', code: '29463-7' }] },
        valueQuantity: { value: 187, code: '[lb_av]', system: 'http://unitsofmeasure.org' },
        subject: { reference: 'Patient/pat' },
        performer: [{ reference: 'Patient/pat' }],
        effectiveDateTime: '2026-03-01',
      },
    ]);
  });

  it('calls a reading that was not read back preliminary', () => {
    const heard = transactionOf({ ...call, ...reading({}, false) });
    expect(resourcesOf<Observation>(heard, 'Observation')).toMatchObject([{ status: 'preliminary' }]);
  });

  it('marks an answer that was not confirmed', () => {
    const [response] = resourcesOf<QuestionnaireResponse>(bundle, 'QuestionnaireResponse');
    expect(response?.questionnaire).toBe('urn:asterism:protocol:heart-failure-discharge|2026.11.1');
    expect(response?.item?.map(({ answer }) => answer?.[0]?.valueString)).toEqual([
      'answer no',
      'dose 4 (not confirmed)',
    ]);
  });

  it('carries the summary as plain text', () => {
    const [document] = resourcesOf<DocumentReference>(bundle, 'DocumentReference');
    const data = document?.content[0]?.attachment.data ?? '';
    expect(Buffer.from(data, 'base64').toString('utf8')).toBe(call.summary);
  });

  it('is the same every time, and shares no identifier with another call', () => {
    const ids = (of: Bundle) => (of.entry ?? []).map(({ request }) => request?.url);
    expect(transactionOf(call)).toEqual(bundle);
    expect(new Set(ids(bundle)).size).toBe(8);
    const other = ids(transactionOf({ ...call, callId: 'call-2' }));
    expect(other.filter((id) => ids(bundle).includes(id))).toEqual([]);
    for (const id of ids(bundle)) expect(id).toMatch(/^[A-Za-z]+\/[a-f0-9-]{36}$/);
  });

  it('of a caller who is not verified holds nothing about health, whatever the request holds', () => {
    const unverified = transactionOf({ ...call, verified: false });
    expect((unverified.entry ?? []).map(({ resource }) => resource?.resourceType)).toEqual([
      'Communication',
      'Provenance',
    ]);
    expect(JSON.stringify(unverified)).not.toMatch(/187|swelling|heart|dose|Situation|completed by/);
  });

  it('of an early end has answers that stopped', () => {
    const stopped = transactionOf({ ...call, outcome: 'stopped-early', summary: '', readings: [] });
    expect(resourcesOf(stopped, 'QuestionnaireResponse')).toMatchObject([{ status: 'stopped' }]);
    expect(resourcesOf(stopped, 'DocumentReference')).toEqual([]);
  });
});

describe('writing a call back', () => {
  const signal = new AbortController().signal;
  const callsFolder = mkdtempSync(join(tmpdir(), 'asterism-write-back-'));
  let server: TestFhirServer;
  beforeEach(async () => {
    server = await startTestFhirServer([]);
  });
  afterEach(() => server.close());
  afterAll(() => {
    rmSync(callsFolder, { recursive: true, force: true });
  });

  it('puts it into the folder of the call and to the server; again, and nothing changes', async () => {
    const settings = { folder: '', callsFolder, fhirServer: { url: server.url, token: 'token' } };
    const reply = await writeBack(settings, call, signal);
    const file = join(callsFolder, 'call-1', 'fhir-write-back.json');
    expect(reply).toEqual({ file, posted: true, resources: 8 });
    const written = readFileSync(file, 'utf8');
    expect(JSON.parse(written)).toEqual(transactionOf(call));
    expect([server.store.size, server.changes()]).toEqual([8, 8]);
    expect(server.tokens).toEqual(['Bearer token']);

    await writeBack(settings, call, signal);
    expect(readFileSync(file, 'utf8')).toBe(written);
    expect([server.store.size, server.changes()]).toEqual([8, 8]);

    await writeBack(settings, { ...call, callId: 'call-2' }, signal);
    expect(server.store.size).toBe(16);
  });

  it('without a server writes the file alone, and without a folder posts alone', async () => {
    expect(await writeBack({ folder: '', callsFolder }, call, signal)).toMatchObject({ posted: false });
    expect(server.requests).toEqual([]);
    const posted = await writeBack({ folder: '', fhirServer: { url: server.url } }, call, signal);
    expect(posted).toEqual({ file: '', posted: true, resources: 8 });
  });

  it('keeps the file when the server refuses', async () => {
    server.deviate(() => ({ status: 422, body: 'secret' }));
    const settings = { folder: '', callsFolder, fhirServer: { url: server.url } };
    const refused = writeBack(settings, { ...call, callId: 'kept' }, signal);
    await expect(refused).rejects.toThrow('RECORD_UNREACHABLE: the FHIR server fails (HTTP 422)');
    expect(readFileSync(join(callsFolder, 'kept', 'fhir-write-back.json'), 'utf8')).toContain('transaction');
  });

  it('says so when the folder is no folder', async () => {
    const noFolder = join(callsFolder, 'a-file');
    writeFileSync(noFolder, '');
    await expect(writeBack({ folder: '', callsFolder: noFolder }, call, signal)).rejects.toThrow(
      'RECORD_UNREACHABLE',
    );
  });

  it.each<[string, Partial<WriteBackRequest>]>([
    ['call_id', { callId: '../../etc' }],
    ['call_id', { callId: '' }],
    ['patient_id', { patientId: 'a/b' }],
    ['started_at', { startedAt: 'yesterday' }],
    ['ended_at', { endedAt: '2026-03-01' }],
    ['readings[0]', reading({ value: Number.NaN })],
    ['readings[0]', reading({ unit: '' })],
    ['readings[0]', { readings: [{ observation: undefined, confirmed: true }] }],
    ['readings[0].date', reading({ date: '2026-02-30' })],
  ])('refuses a request with a wrong %s', async (field, parts) => {
    const refused = writeBack({ folder: '', callsFolder }, { ...call, ...parts }, signal);
    await expect(refused).rejects.toThrow(`INPUT_INVALID: ${field}: `);
  });
});
