import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { packageRoot } from '../../platform/package-root.js';
import { openChartFolder } from './chart-folder.js';
import { ageAt, resolveDate, resolveStart } from './relative-date.js';

const folder = mkdtempSync(join(tmpdir(), 'asterism-charts-'));
const today = new Date(2026, 2, 1, 23, 30);
const charts = openChartFolder(folder);
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

function put(chart: Record<string, unknown> | string, name = 'pat'): void {
  const text =
    typeof chart === 'string'
      ? chart
      : JSON.stringify({ patientId: name, givenName: 'Pat', familyName: 'Doe', ...chart });
  writeFileSync(join(folder, `${name}.json`), text);
}

describe('a chart', () => {
  it('is read with what is missing left empty', async () => {
    put({});
    expect(await charts.chart('pat', today)).toEqual({
      patientId: 'pat',
      givenName: 'Pat',
      familyName: 'Doe',
      birthDate: '',
      age: 0,
      sex: 'unknown',
      conditions: [],
      allergies: [],
      medications: [],
      labs: [],
      appointments: [],
      dischargeDate: '',
      protocolId: '',
      telephone: '',
    });
  });

  it('has its relative dates and its age counted from the day of the call', async () => {
    put({
      birthDate: '1954-03-04',
      dischargeDate: 'today-2',
      labs: [{ name: 'potassium', value: 4.6, unit: 'mmol/L', date: 'today' }],
      appointments: [{ with: 'Dr. Chen', start: 'today+5T10:30' }],
    });
    expect(await charts.chart('pat', today)).toMatchObject({
      age: 71,
      dischargeDate: '2026-02-27',
      labs: [{ date: '2026-03-01' }],
      appointments: [{ start: '2026-03-06T10:30' }],
    });
  });

  it.each<[string, Record<string, unknown>, string]>([
    ['a misspelt field', { medicines: [] }, 'medicines'],
    ['a wrong type', { labs: [{ name: 'x', value: '4', unit: 'u', date: 'today' }] }, 'labs.0.value'],
    ['a date that does not exist', { birthDate: '1954-02-30' }, 'birthDate'],
    ['a time without a date', { appointments: [{ with: 'x', start: '10:30' }] }, 'appointments.0.start'],
    ['an empty name', { givenName: ' ' }, 'givenName'],
    ['a telephone that cannot be dialled', { telephone: '555' }, 'telephone'],
    ['another patient', { patientId: 'other' }, 'patientId'],
  ])('with %s names the field and none of its values', async (_what, parts, field) => {
    put({ ...parts, conditions: ['secret condition'] });
    const thrown = await charts.chart('pat', today).catch((error: unknown) => String(error));
    expect(thrown).toContain('CHART_INVALID');
    expect(thrown).toContain(field);
    expect(thrown).not.toContain('secret');
  });

  it('that is no JSON is invalid', async () => {
    put('{ "patientId": "Mrs. Secret');
    const thrown = await charts.chart('pat', today).catch((error: unknown) => String(error));
    expect(thrown).toBe('AsterismError: CHART_INVALID: the file is not JSON');
  });

  it.each(['nobody', '', '../pat', 'a/b', '.hidden', 'x'.repeat(200)])(
    '%j is not found',
    async (patientId) => {
      await expect(charts.chart(patientId, today)).rejects.toThrow('CHART_NOT_FOUND');
    },
  );
});

describe('the sample charts', () => {
  const samples = join(packageRoot, 'evaluation', 'charts');
  it.each(readdirSync(samples).map((file) => file.replace(/\.json$/, '')))(
    '%s is valid',
    async (patientId) => {
      const patient = await openChartFolder(samples).chart(patientId, today);
      expect(patient.protocolId).toBe('heart-failure-discharge');
      expect(patient.medications.every(({ dose, frequency, purpose }) => dose && frequency && purpose)).toBe(
        true,
      );
      expect(patient.appointments.every(({ start }) => start > patient.dischargeDate)).toBe(true);
    },
  );
});

describe('dates of a chart', () => {
  it.each([
    ['2024-02-29', '2024-02-29'],
    ['2023-02-29', undefined],
    ['today', '2026-03-01'],
    ['today+31', '2026-04-01'],
    ['today-1', '2026-02-28'],
    ['today 1', undefined],
    ['yesterday', undefined],
  ])('%s is %s', (text, date) => {
    expect(resolveDate(text, today)).toBe(date);
  });

  it.each([
    ['2026-03-06T10:30', '2026-03-06T10:30'],
    ['2026-13-06T10:30', undefined],
    ['2026-03-06T24:00', undefined],
    ['todayT08:05', '2026-03-01T08:05'],
    ['today+5', undefined],
  ])('an appointment at %s is %s', (text, start) => {
    expect(resolveStart(text, today)).toBe(start);
  });

  it.each([
    ['1954-03-01', 72],
    ['1954-03-02', 71],
    ['1954-02-28', 72],
  ])('someone born %s is %d', (birthDate, age) => {
    expect(ageAt(birthDate, today)).toBe(age);
  });
});
