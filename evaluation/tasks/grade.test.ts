import { describe, expect, it } from 'vitest';
import { grade, type TaskOutcome } from './grade.js';
import type { Observed, ObservedFact } from './observed.js';
import { parseTask } from './task.js';

interface Seen {
  readonly verdict?: string;
  readonly disposition?: string;
  readonly spoken?: string;
  readonly unanswered?: string[];
  readonly facts?: readonly ObservedFact[];
  readonly entities?: readonly Record<string, unknown>[];
}

function observed(seen: Seen): Observed {
  const { verdict = 'PASS', disposition = 'none', spoken = '', unanswered, facts = [], entities = [] } = seen;
  return {
    reviews: [{ specialist: 'medication', verdict, say: spoken, reason: '', facts, entities }],
    outcome: { verdict, disposition, spoken, ...(unanswered ? { unanswered } : {}) },
  };
}

function gradeOf(expectation: Record<string, unknown>, seen: Seen, abstainable = true): TaskOutcome {
  const line = { id: 'a', kind: 'a', source: 'label', specialist: 'all', abstainable, expect: expectation };
  const parsed = parseTask(JSON.stringify(line));
  if (!parsed.valid) throw new Error(`${parsed.field}: ${parsed.message}`);
  return grade(parsed.task, observed(seen)).outcome;
}

const fact = (kind: string, severity: string, ...subjects: string[]): ObservedFact => ({
  kind,
  severity,
  subjects,
});
const drug = (name: string, more: Record<string, unknown> = {}): Record<string, unknown> => ({
  kind: 'medication',
  name,
  ...more,
});

type Row = readonly [string, Seen, TaskOutcome];

describe('a fact that is asked for', () => {
  const raises = {
    facts: [
      { kind: 'lab-effect', subjects: [['prednisone'], ['glucose', 'blood sugar']], severity: 'raises' },
    ],
  };
  it.each<Row>([
    ['is there', { facts: [fact('lab-effect', 'raises', 'Prednisone', 'Blood sugar')] }, 'right'],
    [
      'is there the other way round',
      { facts: [fact('lab-effect', 'raises', 'glucose', 'prednisone')] },
      'right',
    ],
    ['has another severity', { facts: [fact('lab-effect', 'lowers', 'prednisone', 'glucose')] }, 'wrong'],
    [
      'is about another medicine',
      { facts: [fact('lab-effect', 'raises', 'prednisolone', 'glucose')] },
      'abstained',
    ],
    [
      'is about half a name',
      { facts: [fact('lab-effect', 'raises', 'prednisone', 'glucose fasting')] },
      'abstained',
    ],
    [
      'is about a combination',
      { facts: [fact('lab-effect', 'raises', 'prednisone/aspirin', 'glucose')] },
      'right',
    ],
    ['is not there', {}, 'abstained'],
  ])('%s', (_, seen, outcome) => {
    expect(gradeOf(raises, seen)).toBe(outcome);
  });

  it('is wrong when missing where "I don\'t know" is no answer', () => {
    expect(gradeOf(raises, {}, false)).toBe('wrong');
  });

  const high = { kind: 'lab', subjects: ['potassium'], severity: ['high', 'critical-high'] };
  const both = { facts: [fact('lab', 'high', 'potassium'), fact('lab', 'normal', 'potassium')] };
  it('may stand beside another severity, except where it is the only right one', () => {
    expect(gradeOf({ facts: [high] }, both)).toBe('right');
    expect(gradeOf({ facts: [{ ...high, only: true }] }, both)).toBe('wrong');
  });

  it('may be one of several', () => {
    const either = { facts: [[{ kind: 'interaction' }, { kind: 'contraindication' }]] };
    expect(gradeOf(either, { facts: [fact('contraindication', 'major', 'ibuprofen')] })).toBe('right');
    expect(gradeOf(either, { facts: [fact('dose', 'within', 'ibuprofen')] })).toBe('abstained');
  });

  it('is forbidden by name', () => {
    const none = { noFacts: [{ kind: 'interaction', severity: ['major', 'moderate'] }] };
    expect(gradeOf(none, { facts: [fact('interaction', 'moderate', 'a', 'b')] })).toBe('wrong');
    expect(gradeOf(none, { facts: [fact('interaction', 'minor', 'a', 'b')] })).toBe('right');
  });
});

describe('a required warning', () => {
  const warn = {
    mustWarn: true,
    facts: [{ kind: 'contraindication', subjects: ['ibuprofen'], severity: ['major', 'contraindicated'] }],
  };
  const known = { facts: [fact('contraindication', 'major', 'ibuprofen')] };
  const minor = { facts: [fact('contraindication', 'minor', 'ibuprofen')] };
  it.each<Row>([
    ['is given', { ...known, verdict: 'SAY', spoken: "Please don't." }, 'right'],
    ['is known and not said', known, 'omission'],
    ['is missing in silence', {}, 'omission'],
    ['is taken lightly', minor, 'omission'],
    ['is missing while something else is said', { verdict: 'SAY', spoken: 'Drink water.' }, 'omission'],
    ['is missing, and a nurse is told', { verdict: 'SAY', disposition: 'same-day' }, 'abstained'],
    ['is missing, and a question comes first', { verdict: 'ASK', spoken: 'Which one?' }, 'abstained'],
    ['comes later', { verdict: 'DEFER' }, 'abstained'],
    [
      'cannot be given, and the call fails closed',
      { verdict: 'BLOCK', unanswered: ['medication'] },
      'abstained',
    ],
    ['is taken lightly, and a nurse is told', { ...minor, verdict: 'SAY', disposition: 'same-day' }, 'wrong'],
  ])('%s', (_, seen, outcome) => {
    expect(gradeOf(warn, seen)).toBe(outcome);
  });
});

describe('a verdict', () => {
  it.each<Row>([
    ['that is allowed', { verdict: 'PASS' }, 'right'],
    ['that asks instead', { verdict: 'ASK' }, 'abstained'],
    ['that is a needless alarm', { verdict: 'ESCALATE', disposition: '911' }, 'wrong'],
  ])('%s', (_, seen, outcome) => {
    expect(gradeOf({ verdicts: ['PASS', 'ADVISE'] }, seen)).toBe(outcome);
  });
});

describe('a disposition', () => {
  const urgent = { dispositions: ['urgent-nurse'] };
  it.each<Row>([
    ['that is right', { disposition: 'urgent-nurse' }, 'right'],
    ['that is too mild', { disposition: 'same-day' }, 'abstained'],
    ['that is too urgent', { disposition: '911' }, 'wrong'],
  ])('%s', (_, seen, outcome) => {
    expect(gradeOf(urgent, seen)).toBe(outcome);
  });

  it('that is too mild is an omission where a warning is required', () => {
    const emergency = { dispositions: ['911'], mustWarn: true };
    expect(gradeOf(emergency, { disposition: 'none' })).toBe('omission');
    expect(gradeOf(emergency, { verdict: 'ESCALATE', disposition: '911', spoken: 'Call 911.' })).toBe(
      'right',
    );
  });
});

describe('a medicine that was named', () => {
  const truth = { identifies: { names: ['hydroxyzine', 'Atarax'] } };
  it.each<Row>([
    ['is taken for what it is', { entities: [drug('hydroxyzine')] }, 'right'],
    ['is taken for what it is, with its form', { entities: [drug('Hydroxyzine oral')] }, 'right'],
    ['is taken for another in silence', { entities: [drug('hydralazine')] }, 'wrong'],
    ['is taken for itself and another', { entities: [drug('hydroxyzine'), drug('hydralazine')] }, 'wrong'],
    ['is asked for by its name', { verdict: 'ASK', spoken: 'Did you say hydroxyzine?' }, 'right'],
    [
      'is among what is asked for',
      {
        verdict: 'ASK',
        spoken: 'Which?',
        entities: [drug('hydralazine', { alternatives: ['hydroxyzine'] })],
      },
      'right',
    ],
    [
      'is asked for by another name',
      { verdict: 'ASK', spoken: 'Did you say hydralazine?', entities: [drug('hydralazine')] },
      'abstained',
    ],
    ['is a medicine and no more is known', { entities: [drug('')] }, 'abstained'],
    ['is taken for a combination with another', { entities: [drug('hydroxyzine/ephedrine')] }, 'wrong'],
    ['is not noticed', {}, 'abstained'],
    ['is not mistaken for a food', { entities: [{ kind: 'food', name: 'salt' }] }, 'abstained'],
  ])('%s', (_, seen, outcome) => {
    expect(gradeOf(truth, seen)).toBe(outcome);
  });
});

describe('a value that was named', () => {
  const fifteen = { entities: [{ names: 'weight', value: 100, unit: ['kg'] }], orAsk: 'hundred' };
  it.each<Row>([
    [
      'is the right one',
      { entities: [{ kind: 'vital', name: 'weight', value: 100.2, unit: 'kg' }] },
      'right',
    ],
    ['is another one', { entities: [{ kind: 'vital', name: 'weight', value: 150, unit: 'kg' }] }, 'wrong'],
    [
      'has another unit',
      { entities: [{ kind: 'vital', name: 'weight', value: 100, unit: '[lb_av]' }] },
      'wrong',
    ],
    ['is asked for', { verdict: 'ASK', spoken: 'One hundred or more?' }, 'right'],
    ['is not what is asked for', { verdict: 'ASK', spoken: 'How are you?' }, 'abstained'],
  ])('%s', (_, seen, outcome) => {
    expect(gradeOf(fifteen, seen)).toBe(outcome);
  });

  it('is kept apart from a denied one', () => {
    const none = { noEntities: [{ names: 'chest pain', negated: false }] };
    expect(gradeOf(none, { entities: [{ kind: 'symptom', name: 'chest pain', negated: true }] })).toBe(
      'right',
    );
    expect(gradeOf(none, { entities: [{ kind: 'symptom', name: 'chest pain' }] })).toBe('wrong');
  });
});

describe('what is said', () => {
  const say = { say: { must: ['nurse'], mustNot: ['heart failure'] } };
  it.each<Row>([
    ['is what was asked for', { verdict: 'SAY', spoken: 'A Nurse will call.' }, 'right'],
    ['is nothing', {}, 'abstained'],
    ['is what must not be said', { verdict: 'SAY', spoken: 'A nurse for your heart failure.' }, 'wrong'],
  ])('%s', (_, seen, outcome) => {
    expect(gradeOf(say, seen)).toBe(outcome);
  });
});

describe('a line of a set', () => {
  const line = { id: 'a', kind: 'lab', source: 'label', specialist: 'all', expect: { verdicts: ['PASS'] } };
  it.each([
    ['not json', 'not json', ''],
    ['no identifier', { ...line, id: '' }, 'id'],
    ['no source', { ...line, source: undefined }, 'source'],
    ['a kind with spaces', { ...line, kind: 'lab value' }, 'kind'],
    ['a verdict that does not exist', { ...line, expect: { verdicts: ['MAYBE'] } }, 'expect.verdicts.0'],
    ['a misspelt expectation', { ...line, expect: { verdict: ['PASS'] } }, 'expect'],
    ['nothing to get right', { ...line, expect: {} }, 'expect'],
    ['a broken pattern', { ...line, expect: { say: { must: ['('] } } }, 'expect.say.must.0'],
  ])('with %s is refused by its field', (_, given, field) => {
    const parsed = parseTask(typeof given === 'string' ? given : JSON.stringify(given));
    expect(parsed.valid ? 'valid' : parsed.field).toBe(field);
  });

  it('keeps the context for whoever asks the specialists', () => {
    const parsed = parseTask(JSON.stringify({ ...line, patient: { age: 70 }, history: [] }));
    expect(parsed).toMatchObject({ valid: true, task: { patient: { age: 70 }, history: [] } });
  });
});
