import { beforeAll, describe, expect, it } from 'vitest';
import { Verdict, type Review } from '../../protos/generated/asterism/v1/specialist.js';
import { patientWith, requestFor, wordsOf, type Asking } from '../medication/test-requests.js';
import type { SpecialistLogic } from '../specialist.js';
import { createLabsVitals } from './labs-vitals.js';
import { outcome } from './test-looks.js';

let labs: SpecialistLogic;
beforeAll(async () => {
  labs = await createLabsVitals();
}, 60_000);

const patient = patientWith({ conditions: ['heart failure'] });

function look(text: string, asking: Asking = {}): Review {
  return labs.review(requestFor(text, { patient, ...asking }));
}

/** Words all heard surely but those with a bar or a star: "my sugar is five|nine". */
function hearing(line: string): Review {
  const words = line
    .split(' ')
    .map((word) => `${word.replace('*', '')} ${/[|*]/.test(word) ? '.5' : '.95'}`)
    .join(' ');
  return look('', { words: wordsOf(words) });
}

describe('a number that may have been another one', () => {
  it.each([
    [0.06, false],
    [0.2, true],
  ])('is asked about when the other one was heard with %d: %s', (confidence, asked) => {
    const words = wordsOf('my .95 oxygen .95 is .95 97 .63 percent .95').map((word) =>
      word.text === '97' ? { ...word, alternatives: [{ text: '87', confidence }] } : word,
    );
    expect(look('', { words }).verdict === Verdict.ASK).toBe(asked);
  });

  it.each<[string, string]>([
    ['my sugar is two sixteen|sixty', '216, two one six, or 260, two six zero'],
    ['my blood sugar was 89|99', '89, eight nine, or 99, nine nine'],
    ['my oxygen is eighty nine|five', '89, eight nine, or 85, eight five'],
    ['oxygen 89|99 percent', '89, eight nine, or 99, nine nine'],
    ['my pressure was one thirteen* over seventy', '113, one one three, or 130, one three zero'],
    ['my pressure was one forty over 80|18', ''],
    ['my pressure was one eighteen|eighty over seventy', '118, one one eight, or 180, one eight zero'],
    ['systolic was 118|180', '118, one one eight, or 180, one eight zero'],
    ['I weigh one fifty* pounds', '150, one five zero, or 115, one one five'],
    ['my INR was two|ten', '2, two, or 10, one zero'],
    ['my INR was five|nine', '5, five, or 9, nine'],
    ['my temperature is one hundred point five|nine', '100.5, one zero zero point five, or 100.9'],
    ['temperature thirty eight|five celsius', '38, three eight, or 35, three five'],
    ['I gained five|nine pounds', 'weight gain in pounds right. Did you say 5, five, or 9, nine'],
    ['I gained thirteen* pounds', '13, one three, or 30, three zero'],
    ['I am up two|ten kilos', 'weight gain in kilos right. Did you say 2, two, or 10, one zero'],
  ])('%s: asks %s', (line, question) => {
    const review = hearing(line);
    if (question === '') {
      expect(review.verdict).not.toBe(Verdict.ASK);
      return;
    }
    expect(review.verdict).toBe(Verdict.ASK);
    expect(review.say).toContain(question);
    expect(review.facts).toEqual([]);
  });

  it.each([
    'my sugar is two ten',
    'my* oxygen|option is ninety seven',
    'my oxygen is ninety seven|heaven',
    'my oxygen is ninety two|twenty',
    'my pulse is 72|720',
    'I gained five pounds|ponds',
    'I have two|ten dogs',
  ])('%s: asks nothing', (line) => {
    expect(hearing(line).verdict).not.toBe(Verdict.ASK);
  });
});

describe('the answer to the question which of two numbers it was', () => {
  const asked =
    'agent: I want to be sure I have your blood sugar right. Did you say 216, two one six, or 260, two six zero?';
  const history = ['patient: my blood sugar was two sixteen before lunch', asked];
  it.each<[string, number]>([
    ['two six zero', 260],
    ['two sixty', 260],
    ['260.', 260],
    ['two one six', 216],
    ['the second one', 260],
    ['the first one', 216],
    ['it was two six oh', 260],
  ])('%s: %d', (answer, value) => {
    expect(look(answer, { answering: true, history }).entities[0]).toMatchObject({
      name: 'blood glucose',
      value,
    });
  });

  it('settles one number of a pressure, a two-digit number and a gain', () => {
    const ask = (name: string, a: string, b: string): string =>
      `agent: I want to be sure I have your ${name} right. Did you say ${a}, or ${b}?`;
    const pressure = ['patient: my pressure was one eighteen over seventy'];
    pressure.push(ask('blood pressure', '118, one one eight', '180, one eight zero'));
    expect(outcome(look('one eight zero', { answering: true, history: pressure }))).toContain(
      'high systolic blood pressure',
    );
    const oxygen = [ask('oxygen level', '89, eight nine', '99, nine nine')];
    expect(look('nine nine', { answering: true, history: oxygen }).entities[0]?.value).toBe(99);
    const gain = [ask('weight gain in pounds', '5, five', '9, nine')];
    expect(look('nine', { answering: true, history: gain }).facts[0]?.text).toContain('+9 lb');
  });

  it.each(['no', 'neither', 'I do not know'])('"%s" settles nothing', (answer) => {
    expect(look(answer, { answering: true, history }).facts).toEqual([]);
  });
});
