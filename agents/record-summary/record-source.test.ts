import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { briefOf } from './brief.js';
import { openRecordSource } from './open-record-source.js';
import { about, bundleWith, daily, order } from './test-bundles.js';
import { startTestFhirServer, type TestFhirServer } from './test-fhir-server.js';

const signal = new AbortController().signal;

describe('a folder of bundles', () => {
  const folder = mkdtempSync(join(tmpdir(), 'asterism-records-'));
  const source = openRecordSource({ folder });
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  it('gives the bundle of a patient, anew for every call', async () => {
    writeFileSync(join(folder, 'pat.json'), '{"resourceType":"Bundle"}');
    expect(await source.find('pat', signal)).toEqual({ bundle: { resourceType: 'Bundle' }, warnings: [] });
    writeFileSync(join(folder, 'pat.json'), '{"resourceType":"Bundle","id":"2"}');
    expect((await source.find('pat', signal)).bundle).toMatchObject({ id: '2' });
  });

  it('refuses what is no JSON, without quoting it', async () => {
    writeFileSync(join(folder, 'cut.json'), '{"resourceType":"Bundle","entry":[{"secret');
    await expect(source.find('cut', signal)).rejects.toThrow(/^CHART_INVALID: the file is not JSON$/);
  });

  it('refuses a huge file before it is read', async () => {
    writeFileSync(join(folder, 'huge.json'), '');
    truncateSync(join(folder, 'huge.json'), 33 * 1024 * 1024);
    await expect(source.find('huge', signal)).rejects.toThrow(/^CHART_INVALID: the file is larger than/);
  });

  it.each(['nobody', '', '../pat', 'a/b', '.hidden', 'x'.repeat(65)])('has no %j', async (patientId) => {
    await expect(source.find(patientId, signal)).rejects.toThrow('CHART_NOT_FOUND');
  });
});

describe('a FHIR server', () => {
  let server: TestFhirServer;
  const patient = {
    ...(bundleWith()['entry'] as { resource: Record<string, unknown> }[])[0]?.resource,
    generalPractitioner: [{ reference: 'Practitioner/gp' }],
  };
  const allergy = {
    resourceType: 'AllergyIntolerance',
    id: 'a',
    clinicalStatus: { coding: [{ code: 'active' }] },
    code: { text: 'penicillin' },
    patient: { reference: 'Patient/pat' },
  };
  const resources = [
    patient,
    { resourceType: 'Practitioner', id: 'gp', name: [{ family: 'Rivera', prefix: ['Dr.'] }] },
    allergy,
    ...['one', 'two', 'three'].map((name) => order(name, daily(1, 'mg', 1))),
    order('x', daily(2, 'mg', 1), {
      medicationCodeableConcept: undefined,
      medicationReference: { reference: 'Medication/m' },
    }),
    { resourceType: 'Medication', id: 'm', code: { text: 'digoxin' } },
    about('Condition', {
      clinicalStatus: { coding: [{ code: 'active' }] },
      code: { text: 'gout' },
      subject: { reference: 'Patient/other' },
    }),
  ];
  beforeEach(async () => {
    server = await startTestFhirServer(resources, 2);
  });
  afterEach(() => server.close());

  const find = (token?: string) =>
    openRecordSource({ folder: '/nowhere', fhirServer: { url: `${server.url}/`, token } }).find(
      'pat',
      signal,
    );

  it('gives a brief from its searches, page by page, with what they include', async () => {
    const { bundle, warnings } = await find('token');
    const { patient: read } = briefOf(bundle, { patientId: 'pat', today: '2026-03-01', timeZone: '' });
    expect(warnings).toEqual([]);
    expect(read).toMatchObject({ familyName: 'Doe', allergies: ['penicillin'], conditions: [] });
    expect(read?.careTeam?.clinicians).toMatchObject([{ name: 'Dr. Rivera' }]);
    expect(read?.medications.map(({ name }) => name)).toEqual(['one', 'two', 'three', 'digoxin']);
    expect(server.requests.filter((one) => one.includes('/MedicationRequest?'))).toHaveLength(2);
    expect(new Set(server.tokens)).toEqual(new Set(['Bearer token']));
  });

  it('is asked without a token when there is none', async () => {
    await find();
    expect(new Set(server.tokens)).toEqual(new Set([undefined]));
  });

  it('without visits gives a brief that says so; without allergies it gives none', async () => {
    const without = (type: string) => {
      server.deviate(({ url }) => (url?.includes(`/${type}?`) ? { status: 400, body: '' } : undefined));
    };
    without('Appointment');
    expect((await find()).warnings).toEqual(['Appointment: the server does not give it']);
    without('AllergyIntolerance');
    await expect(find()).rejects.toThrow('RECORD_UNREACHABLE');
  });

  it.each<[string, number, string, string]>([
    ['refuses the token', 401, '', 'RECORD_UNREACHABLE: the FHIR server refuses; check ASTERISM_FHIR_TOKEN'],
    ['fails', 500, 'secret', 'RECORD_UNREACHABLE: the FHIR server fails (HTTP 500)'],
    ['says that it is gone', 410, '', 'CHART_NOT_FOUND'],
    ['answers with half of a reply', 200, '{"resourceType":"Bundle","entry":[{"secret', 'CHART_INVALID'],
    ['answers with a page of HTML', 200, '<html>secret</html>', 'CHART_INVALID'],
    ['answers with an outcome', 200, '{"resourceType":"OperationOutcome"}', 'CHART_INVALID'],
  ])('that %s gives a coded error without its words', async (_what, status, body, message) => {
    server.deviate(() => ({ status, body }));
    await expect(find()).rejects.toThrow(message);
    await expect(find()).rejects.not.toThrow('secret');
  });

  it('never sends the token to another server', async () => {
    const other = await startTestFhirServer([]);
    const link = [{ relation: 'next', url: `${other.url}/Patient?page=2` }];
    server.deviate(() => ({ status: 200, body: JSON.stringify({ resourceType: 'Bundle', link }) }));
    await expect(find('token')).rejects.toThrow('CHART_INVALID: the next page');
    server.deviate(() => ({ status: 302, body: '', headers: { location: `${other.url}/Patient` } }));
    await expect(find('token')).rejects.toThrow('RECORD_UNREACHABLE');
    expect(other.requests).toEqual([]);
    await other.close();
  });

  it('that pages for ever is not followed for ever', async () => {
    const endless = (type: string) => {
      const link = [{ relation: 'next', url: `${type}?page=next` }];
      const body = JSON.stringify({ resourceType: 'Bundle', link });
      server.deviate(({ url }) => (url?.includes(`/${type}?`) ? { status: 200, body } : undefined));
    };
    endless('Observation');
    expect((await find()).warnings).toEqual(['Observation: more than 20 pages; the rest is not read']);
    endless('Condition');
    await expect(find()).rejects.toThrow('CHART_INVALID: Condition: more than 20 pages');
  });

  it('that is not there gives a coded error', async () => {
    await server.close();
    await expect(find()).rejects.toThrow('RECORD_UNREACHABLE');
    server = await startTestFhirServer([]);
  });

  it('has no patient for an identifier that is none', async () => {
    const source = openRecordSource({ folder: '', fhirServer: { url: server.url } });
    await expect(source.find('pat&_include=*', signal)).rejects.toThrow('CHART_NOT_FOUND');
    expect(server.requests).toEqual([]);
  });
});
