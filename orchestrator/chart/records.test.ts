import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startSpecialists } from '../../agents/specialists.js';
import { WriteBackRequest } from '../../protos/generated/asterism/v1/record_summary.js';
import { connectRecords, type Records } from './records.js';

/** The real record-summary specialist over gRPC. */
describe('records by the record-summary specialist', () => {
  const folder = mkdtempSync(join(tmpdir(), 'asterism-records-'));
  const today = new Date(2026, 2, 1, 23, 30);
  let records: Records;
  let stop: () => Promise<void>;

  beforeAll(async () => {
    const settings = { records: { folder, callsFolder: join(folder, 'calls') } };
    const specialists = await startSpecialists({ names: ['record-summary'], settings });
    records = connectRecords(specialists['record-summary']?.address ?? '');
    stop = async () => {
      records.close();
      await specialists['record-summary']?.close();
    };
  }, 60_000);
  afterAll(async () => {
    await stop();
    rmSync(folder, { recursive: true, force: true });
  });

  function put(patientId: string, patient: Record<string, unknown>): void {
    const resource = { resourceType: 'Patient', id: patientId, ...patient };
    writeFileSync(
      join(folder, `${patientId}.json`),
      JSON.stringify({ resourceType: 'Bundle', entry: [{ resource }] }),
    );
  }

  it('give a chart, with the age on the day of the call', async () => {
    put('pat', { name: [{ family: 'Doe', given: ['Pat'] }], birthDate: '1954-03-02' });
    expect(await records.chart('pat', today)).toMatchObject({ familyName: 'Doe', age: 71 });
  });

  it('of somebody who died give none', async () => {
    put('gone', { deceasedBoolean: true });
    await expect(records.chart('gone', today)).rejects.toThrow(/^PATIENT_DECEASED/);
  });

  it.each([
    ['nobody', undefined, 'CHART_NOT_FOUND: no file'],
    ['../pat', undefined, 'CHART_NOT_FOUND: no file'],
    ['wrong', { name: 'secret' }, 'CHART_INVALID: Patient/wrong: name: '],
  ])('of %s give the specialist’s own code', async (patientId, patient, message) => {
    if (patient) put(patientId, patient);
    await expect(records.chart(patientId, today)).rejects.toThrow(message);
    await expect(records.chart(patientId, today)).rejects.not.toThrow('secret');
  });

  it('take a finished call', async () => {
    const call = WriteBackRequest.fromPartial({
      callId: 'call-1',
      patientId: 'pat',
      startedAt: '2026-03-01T15:00:00.000Z',
      endedAt: '2026-03-01T15:09:30.000Z',
    });
    const file = join(folder, 'calls', 'call-1', 'fhir-write-back.json');
    expect(await records.writeBack(call)).toEqual({ file, posted: false, resources: 2 });
    expect(readFileSync(file, 'utf8')).toContain('"Communication"');
    await expect(records.writeBack({ ...call, callId: '..' })).rejects.toThrow(/^INPUT_INVALID: call_id/);
  });

  it('need the specialist’s address, and say when nobody is there', async () => {
    expect(() => connectRecords('')).toThrow('CONFIGURATION_INVALID');
    const nobody = connectRecords('127.0.0.1:1');
    await expect(nobody.chart('pat', today)).rejects.toThrow(/^RECORD_UNREACHABLE/);
    nobody.close();
  });
});
