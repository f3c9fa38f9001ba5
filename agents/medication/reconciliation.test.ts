import { beforeAll, describe, expect, it } from 'vitest';
import type { KnownName } from '../../models/medicine-names/medicine-names.js';
import {
  Disposition,
  ItemProgress,
  Verdict,
  type Fact,
  type InvestigateUpdate,
  type Review,
  type ReviewRequest,
} from '../../protos/generated/asterism/v1/specialist.js';
import type { SpecialistLogic } from '../specialist.js';
import { createMedication } from './medication.js';
import { asksForAll } from './reconciliation-due.js';
import { heartFailurePatient, patientWith, requestFor, type Asking } from './test-requests.js';

const names: readonly KnownName[] = [{ name: 'zokinvy', ingredient: 'lonafarnib', kind: 'brand' }];
let medication: SpecialistLogic;
beforeAll(async () => {
  medication = await createMedication(names);
}, 60_000);

async function updatesFor(
  about: ReviewRequest,
  signal = new AbortController().signal,
): Promise<InvestigateUpdate[]> {
  const updates: InvestigateUpdate[] = [];
  const request = { callId: 'call', jobId: 'medicines-together', about };
  for await (const update of medication.investigate?.(request, signal) ?? []) updates.push(update);
  return updates;
}

async function reconcile(text: string, asking?: Asking, findings: readonly Fact[] = []): Promise<Review> {
  const about = requestFor(text, asking);
  if (about.context) about.context.findings = [...findings];
  const last = (await updatesFor(about)).at(-1);
  if (!last?.review) throw new Error('the job gave no review');
  return last.review;
}

/** What the record says of each medicine. */
function states(review: Review): string[] {
  return review.facts.filter((fact) => fact.kind === 'reconciliation').map((fact) => fact.text);
}

/** The agent asks about each medicine of the list, and the patient answers. */
const asked = (answers: readonly string[]): string[] =>
  [
    'lisinopril, for your blood pressure',
    'furosemide, for extra fluid',
    'metoprolol succinate, for your heart',
  ].flatMap((medicine, at) => [
    `agent: Are you taking your ${medicine}?`,
    `patient: ${answers[at] ?? 'yes'}`,
  ]);

describe('the whole list against what was said', () => {
  it('is taken as prescribed', async () => {
    const history = asked(['yes, 10 mg once a day', 'yes, 40 mg once a day', 'yes, 50 mg once a day']);
    const review = await reconcile('no, nothing else', { history });
    expect(states(review)).toEqual([
      'Lisinopril: taken as prescribed.',
      'Furosemide: taken as prescribed.',
      'Metoprolol: taken as prescribed.',
    ]);
    expect(review.verdict).toBe(Verdict.PASS);
    expect(review.say).toBe('');
    expect(review.reason).toContain('Taken as prescribed: lisinopril, furosemide, and metoprolol.');
  });

  it.each([
    ['no, I stopped it', 'Lisinopril: on the list and not taken.', Disposition.SAME_DAY],
    ['no', 'Lisinopril: on the list and not taken.', Disposition.SAME_DAY],
    ['yes', 'Lisinopril: taken; how much was not said.', undefined],
    ['yes, 5 mg once a day', 'Lisinopril: taken differently from the list.', Disposition.WITHIN_DAYS],
    ['I forgot my lisinopril yesterday', 'Lisinopril: doses were missed.', Disposition.WITHIN_DAYS],
    ['what was that?', 'Lisinopril: on the list and not spoken of.', Disposition.WITHIN_DAYS],
  ])('"%s" → %s', async (answer, state, disposition) => {
    const review = await reconcile('okay', {
      history: asked([answer, 'yes, 40 mg once a day', 'yes, 50 mg once a day']),
    });
    expect(states(review)).toContain(state);
    if (disposition !== undefined) expect(review.disposition).toBe(disposition);
  });

  it('reads an answer about how much from the question before it', async () => {
    const history = [
      'agent: Are you taking your furosemide, for extra fluid?',
      'patient: yes',
      'agent: How much do you take, and how often?',
      'patient: two 40 mg tablets once a day',
      'agent: Have you missed any doses, or had any problems with it?',
      'patient: no',
    ];
    const review = await reconcile('okay', { history });
    expect(states(review)).toContain('Furosemide: taken differently from the list.');
    expect(review.facts).toContainEqual(expect.objectContaining({ kind: 'dose', severity: 'over-label' }));
    expect(review.reason).toContain('80 mg a day was said');
  });

  it('takes a name that was read back and confirmed', async () => {
    const history = [
      'patient: I take met o pro lol 50 mg once a day',
      'agent: I want to be sure I heard that right. Did you say metoprolol, the one for your heart?',
      'patient: yes',
    ];
    expect(states(await reconcile('okay', { history }))).toContain('Metoprolol: taken as prescribed.');
  });

  it('counts what was said last', async () => {
    const history = [
      'patient: I stopped my lisinopril',
      'patient: no wait, I take lisinopril 10 mg once a day',
    ];
    expect(states(await reconcile('okay', { history }))).toContain('Lisinopril: taken as prescribed.');
  });

  it('keeps what was found of a medicine before the part of the call that it was given', async () => {
    const finding = {
      kind: 'adherence',
      subjects: ['furosemide'],
      severity: '',
      text: 'The patient missed doses of furosemide.',
      citation: 'said by the patient',
    };
    const review = await reconcile('okay', {}, [finding]);
    expect(states(review)).toContain('Furosemide: taken differently from the list.');
    expect(review.reason).toContain('missed doses of furosemide');
  });
});

describe('what is taken beside the list', () => {
  it('is told once: a warning that was given in the call is not given again', async () => {
    const history = ['patient: I take Advil for my knee'];
    const first = await reconcile('okay', { history });
    expect(states(first)).toContain('Ibuprofen: taken and not on the list.');
    expect(first.verdict).toBe(Verdict.SAY);
    expect(first.say).toMatch(
      /^I compared everything you told me with your list\. Please don't take any more Advil/,
    );
    const again = await reconcile(
      'okay',
      { history },
      first.facts.filter((fact) => fact.kind !== 'reconciliation'),
    );
    expect(again.verdict).toBe(Verdict.PASS);
    expect(again.facts.map((fact) => fact.kind)).toContain('interaction');
  });

  it('finds one ingredient in two products that were named far apart', async () => {
    const history = ['patient: I take Tylenol at night', 'agent: Thank you.', 'patient: and I took NyQuil'];
    const review = await reconcile('okay', {
      history,
      patient: patientWith({ medications: ['amlodipine, 5 mg, once a day'] }),
    });
    expect(review.facts).toContainEqual(expect.objectContaining({ kind: 'dose', severity: 'duplicate' }));
    expect(review.verdict).toBe(Verdict.SAY);
    expect(review.say).toContain('acetaminophen');
  });

  it('is for a nurse where only the name is known, and no fact is made of it', async () => {
    const review = await reconcile('okay', { history: ['patient: I take Zokinvy twice a day'] });
    expect(states(review)).toContain('Lonafarnib: taken, not on the list; known by name only.');
    expect(review.disposition).toBe(Disposition.WITHIN_DAYS);
    expect(review.reason).toContain('not checked: lonafarnib');
  });

  it("is not the patient's when somebody else takes it, or when it was only asked about", async () => {
    const history = ['patient: my husband takes warfarin', 'patient: can I take ibuprofen?'];
    expect(
      states(await reconcile('okay', { history })).filter((text) => text.includes('not on the list')),
    ).toEqual([]);
  });

  it('is asked for when one of the list is easily confused with it and was not spoken of', async () => {
    const patient = patientWith({
      medications: ['hydralazine, 25 mg, three times a day, your blood pressure'],
    });
    const review = await reconcile('okay', { patient, history: ['patient: I take hydroxyzine'] });
    expect(review.verdict).toBe(Verdict.ASK);
    expect(review.say).toContain('hydroxyzine');
    expect(review.say).toContain('hydralazine, for your blood pressure, spelled');
    const history = ['patient: I take hydroxyzine', `agent: ${review.say}`, 'patient: the first one'];
    expect((await reconcile('okay', { patient, history })).verdict).not.toBe(Verdict.ASK);
  });
});

describe('all medicines of a list among themselves', () => {
  it('are recorded for a nurse, and the patient is not alarmed by what was prescribed', async () => {
    const patient = patientWith({
      medications: ['warfarin, 5 mg, once a day', 'amiodarone, 200 mg, once a day'],
    });
    const review = await reconcile('okay', { patient, history: ['patient: I take both like it says'] });
    expect(review.facts).toContainEqual(expect.objectContaining({ kind: 'interaction', severity: 'major' }));
    expect(review.verdict).toBe(Verdict.PASS);
  });

  it('are each pair reported once', async () => {
    const patient = patientWith({
      medications: ['warfarin, 5 mg, once a day', 'amiodarone, 200 mg, once a day'],
    });
    const { facts } = await reconcile('okay', { patient });
    const interactions = facts
      .filter((fact) => fact.kind === 'interaction')
      .map((fact) => [...fact.subjects].sort().join());
    expect(new Set(interactions).size).toBe(interactions.length);
  });

  it('hold an ingredient twice', async () => {
    const patient = patientWith({
      medications: ['Lasix, 40 mg, once a day', 'furosemide, 20 mg, once a day'],
    });
    const review = await reconcile('okay', { patient });
    expect(review.facts).toContainEqual(
      expect.objectContaining({ severity: 'duplicate', subjects: ['furosemide', 'Lasix', 'furosemide'] }),
    );
    expect(review.disposition).toBe(Disposition.WITHIN_DAYS);
  });

  it('may be two hundred, or none', async () => {
    const many = patientWith({
      medications: Array.from({ length: 200 }, (_, at) =>
        at % 3 === 0 ? 'warfarin' : at % 3 === 1 ? 'ibuprofen' : `unheard-of-${String(at)}`,
      ).map((name) => `${name}, 10 mg, once a day`),
    });
    expect((await reconcile('okay', { patient: many })).facts.length).toBeLessThanOrEqual(100);
    expect((await reconcile('okay', { patient: patientWith({}) })).verdict).toBe(Verdict.PASS);
  });
});

describe('the job', () => {
  it('tells its progress, gives its review last, and only there', async () => {
    const updates = await updatesFor(requestFor('okay', { history: asked(['yes', 'yes', 'yes']) }));
    const progress = updates.map((update) => update.progress);
    expect(progress).toEqual([...progress].sort((a, b) => a - b));
    expect(progress.at(-1)).toBe(1);
    expect(updates.filter((update) => update.review !== undefined)).toHaveLength(1);
    expect(updates.at(-1)?.review?.specialist).toBe('medication');
  });

  it('is silent once it is cancelled', async () => {
    const cancelled = new AbortController();
    const updates: InvestigateUpdate[] = [];
    const request = { callId: 'call', jobId: 'j', about: requestFor('okay', { history: asked([]) }) };
    for await (const update of medication.investigate?.(request, cancelled.signal) ?? []) {
      updates.push(update);
      cancelled.abort();
    }
    expect(updates).toHaveLength(1);
    expect(updates[0]?.review).toBeUndefined();
  });

  it('lets others work in between', async () => {
    let turns = 0;
    const counting = setInterval(() => undefined, 1);
    const count = (): void => {
      turns += 1;
      if (turns < 1000) setImmediate(count);
    };
    setImmediate(count);
    const updates = await updatesFor(requestFor('okay', { history: asked([]) }));
    clearInterval(counting);
    expect(turns).toBeGreaterThanOrEqual(updates.length - 2);
  });
});

describe('when the job is due', () => {
  it.each([
    'Can you check all my medicines together?',
    'could you go over my whole list of medications',
    'do any of my pills interact',
    'are my meds okay together',
    'do these medicines get along with each other',
  ])('%s asks for it', (text) => {
    expect(asksForAll(text)).toBe(true);
    const review = medication.review(requestFor(text));
    expect(review.verdict).toBe(Verdict.DEFER);
    expect(review.jobId).not.toBe('');
    expect(review.say).toContain('check everything');
  });

  it.each([
    'Can you check my blood pressure?',
    'I take all my medicines every morning',
    'my daughter checks my pills',
    'we eat together',
  ])('%s does not', (text) => {
    expect(asksForAll(text)).toBe(false);
    expect(medication.review(requestFor(text)).verdict).not.toBe(Verdict.DEFER);
  });

  it('answers who asked for it, also when all is well', async () => {
    const history = asked(['yes, 10 mg once a day', 'yes, 40 mg once a day', 'yes, 50 mg once a day']);
    const review = await reconcile('Can you check all my medicines together?', { history });
    expect(review.verdict).toBe(Verdict.SAY);
    expect(review.say).toContain('A nurse will look it over too');
    expect(review.facts.some((fact) => fact.severity === 'danger')).toBe(false);
  });

  const item = (
    itemId: string,
    progress: ItemProgress,
  ): NonNullable<ReviewRequest['context']>['checklist'][number] => ({
    itemId,
    topic: '',
    progress,
    evidenceTurnIds: [],
    required: true,
  });

  it.each([
    ['all its items are settled', ItemProgress.COVERED, Verdict.DEFER],
    ['one was left to a nurse', ItemProgress.WITH_NURSE, Verdict.DEFER],
    ['one is still asked', ItemProgress.ASKED, Verdict.PASS],
    ['one is open', ItemProgress.OPEN, Verdict.PASS],
  ])('the part about medicines is over when %s', (_when, progress, verdict) => {
    const request = requestFor('no salt at all', { itemId: 'salt' });
    if (request.context) {
      request.context.checklist = [
        item('weight', ItemProgress.OPEN),
        item('medicine:lisinopril', ItemProgress.COVERED),
        item('over-the-counter', progress),
      ];
    }
    expect(medication.review(request).verdict).toBe(verdict);
  });

  it('comes once in a call', () => {
    const request = requestFor('Can you check all my medicines together?');
    const first = medication.review(request);
    if (request.context) request.context.findings = first.facts;
    expect(medication.review(request).verdict).not.toBe(Verdict.DEFER);
  });

  it('comes for nobody whom the agent does not know yet, and after what is graver', () => {
    const text = 'Can you check all my medicines together?';
    expect(medication.review(requestFor(text, { verified: false })).verdict).not.toBe(Verdict.DEFER);
    const grave = medication.review(
      requestFor(`${text} I took 20 extra strength Tylenol today.`, { patient: heartFailurePatient }),
    );
    expect(grave.verdict).not.toBe(Verdict.DEFER);
  });
});
