import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { samplePolicyFolder } from '../../clinical-kb/policy/load-policy.js';
import { loadProtocols } from '../../clinical-kb/protocols/load.js';
import { packageRoot } from '../../platform/package-root.js';
import {
  Disposition,
  Pass,
  ReviewRequest,
  Verdict,
  type Review,
} from '../../protos/generated/asterism/v1/specialist.js';
import { openEmbedder, type Embedder } from '../embedding/embedder.js';
import type { SpecialistLogic } from '../specialist.js';
import { createPolicy } from './policy.js';

const TODAY = '2026-11-25';
type Policy = SpecialistLogic<Promise<Review>>;

const heard = (policy: Policy, text: string, today = TODAY): Promise<Review> =>
  policy.review(ReviewRequest.fromPartial({ pass: Pass.HEARD, heard: { text }, context: { today } }));
const draft = (policy: Policy, text: string, today = TODAY): Promise<Review> =>
  policy.review(ReviewRequest.fromPartial({ pass: Pass.DRAFT, draft: text, context: { today } }));

let embedder: Embedder;
const embedded: string[] = [];
let policy: Policy;

beforeAll(async () => {
  const real = await openEmbedder();
  embedder = {
    embed: (text) => {
      embedded.push(text);
      return real.embed(text);
    },
    close: () => real.close(),
  };
  policy = await createPolicy({ folder: samplePolicyFolder, embedder });
});
afterAll(() => embedder.close());

describe('the labelled questions', () => {
  const labelled = z
    .record(
      z.string(),
      z.object({
        answer: z.array(z.object({ ask: z.string(), from: z.string(), says: z.string() })),
        about: z.array(z.string()),
        other: z.array(z.string()),
      }),
    )
    .parse(yamlOf('agents/policy/fixtures/labelled-questions.yaml'));
  const sets = Object.entries(labelled);

  it.each(sets)(
    '%s: no answer is a wrong one, and most questions are answered',
    async (_name, { answer }) => {
      const reviews = await Promise.all(
        answer.map(async (one) => ({ ...one, review: await heard(policy, one.ask) })),
      );
      const answered = reviews.filter(({ review }) => review.verdict === Verdict.SAY);
      const wrong = answered.filter(
        ({ review, from, says }) =>
          review.facts[0]?.subjects[0] !== from || !new RegExp(says).test(review.say),
      );
      expect(wrong.map(({ ask, review }) => `${ask} → ${review.say}`)).toEqual([]);
      expect(answered.length / answer.length).toBeGreaterThan(0.7);
      for (const { review } of answered) {
        expect(review.facts[0]?.kind).toBe('policy');
        expect(review.facts[0]?.citation).toMatch(/, section ".+", version .+, effective \d{4}-\d\d-\d\d$/);
        expect(review.say).toMatch(/^[A-Za-z0-9 .,;:'"?!-]+$/);
        expect(review.confidence).toBeGreaterThan(0.8);
      }
    },
  );

  it.each(sets)('%s: what no document answers is not answered', async (name, { about }) => {
    const said = (
      await Promise.all(about.map(async (ask) => [ask, await heard(policy, ask)] as const))
    ).filter(([, review]) => review.verdict === Verdict.SAY);
    // Known: there is a section about pets who visit.
    expect(said.map(([ask]) => ask)).toEqual(name === 'hold' ? ['Do you take care of pets?'] : []);
  });

  it.each(sets)('%s: nothing is said to what is no question of policy', async (_name, { other }) => {
    const reviews = await Promise.all(other.map((ask) => heard(policy, ask)));
    expect(other.filter((_, index) => reviews[index]?.verdict !== Verdict.PASS)).toEqual([]);
  });
});

describe('a question about the organisation that no document surely answers', () => {
  it('is passed on, in words for the next sentence', async () => {
    const review = await heard(policy, 'What are the visiting hours on the psychiatric ward?');
    expect(review).toMatchObject({ verdict: Verdict.ADVISE, disposition: Disposition.ROUTINE, facts: [] });
    expect(review.say).toContain('I do not know that');
    expect(review.say).toContain('nurse');
  });
});

describe('what is no question', () => {
  it.each([
    'Yes, I took my water pill.',
    'My daughter visits me every day.',
    'One eighty-seven.',
    'Can you repeat that?',
  ])('costs no embedding: %s', async (text) => {
    const before = embedded.length;
    expect((await heard(policy, text)).verdict).toBe(Verdict.PASS);
    expect(embedded.length).toBe(before);
  });
});

describe('a question beside something else', () => {
  it('is answered', async () => {
    const review = await heard(policy, 'It was 187 pounds. And what are the visiting hours?');
    expect(review.say).toContain('8:30 in the evening');
  });
});

describe('a question that was hardly heard', () => {
  it.each([
    [0.9, Verdict.SAY],
    [0.4, Verdict.PASS],
  ])('with a confidence of %s', async (confidence, verdict) => {
    const review = await policy.review(
      ReviewRequest.fromPartial({
        pass: Pass.HEARD,
        heard: { text: 'What are the visiting hours?', confidence },
        context: { today: TODAY },
      }),
    );
    expect(review.verdict).toBe(verdict);
    if (verdict === Verdict.SAY) expect(review.confidence).toBeLessThanOrEqual(confidence);
  });
});

describe('a document', () => {
  it('answers only from its first to its last day', async () => {
    const ask = 'When are the flu shots given in the lobby?';
    expect((await heard(policy, ask, '2025-12-01')).say).toContain('every Saturday');
    expect((await heard(policy, ask, '2026-02-01')).verdict).not.toBe(Verdict.SAY);
    expect((await heard(policy, ask, '2025-09-14')).verdict).not.toBe(Verdict.SAY);
  });

  it('that cannot be used is named in the description, and the others answer', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'asterism-policy-'));
    try {
      await writeFile(
        join(folder, 'shop.md'),
        "---\ntitle: Gift shop\nversion: '1'\neffective: 2026-01-01\nowner: Volunteers\n---\n\n# Gift shop\n\n" +
          'The gift shop in the lobby is open every day from 10:00 a.m. to 4:00 p.m.\n',
      );
      await writeFile(join(folder, 'old.md'), 'No head.');
      const own = await createPolicy({ folder, embedder });
      expect(own.description.covers.join('\n')).toMatch(/could not be used: .*old\.md: begin it/);
      expect((await heard(own, 'When is the gift shop open?')).say).toContain('10 in the morning');
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});

/** Every sentence in a protocol, whatever its place. */
function sentencesOf(node: unknown): string[] {
  if (typeof node === 'string') return /\s.*[.?]$/.test(node) ? [node] : [];
  if (Array.isArray(node)) return node.flatMap(sentencesOf);
  return typeof node === 'object' && node !== null ? Object.values(node).flatMap(sentencesOf) : [];
}

const yamlOf = (path: string): unknown => parse(readFileSync(join(packageRoot, path), 'utf8'));

describe('the demonstration', () => {
  it('has sentences of the protocols, all of which stand', async () => {
    const sentences = [
      ...Object.values(loadProtocols()),
      yamlOf('clinical-kb/protocols/wording.yaml'),
    ].flatMap(sentencesOf);
    expect(sentences.length).toBeGreaterThan(100);
    const reviews = await Promise.all(sentences.map((sentence) => draft(policy, sentence)));
    expect(sentences.filter((_, index) => reviews[index]?.verdict !== Verdict.PASS)).toEqual([]);
  });

  it('has a patient to whom nothing is said of policies', async () => {
    const persona = z
      .object({ answers: z.array(z.object({ say: z.string() })) })
      .parse(yamlOf('evaluation/personas/margaret-ellis.yaml'));
    const reviews = await Promise.all(persona.answers.map(({ say }) => heard(policy, say)));
    expect(persona.answers.filter((_, index) => reviews[index]?.verdict !== Verdict.PASS)).toEqual([]);
  });
});

describe('a sentence about to be spoken', () => {
  it.each([
    [
      'Visiting hours on the general units are from nine in the morning to nine at night.',
      '8:30 in the evening',
    ],
    ['A missed visit may be charged a fee of fifty dollars.', '25 dollars'],
    [
      'Please cancel your appointment at least 48 hours before the visit by calling the scheduling line.',
      '24 hours',
    ],
    ['You can call the discharge nurse line at 555-010-0199.', '555-010-0110'],
    ['Valet parking costs $10 a visit.', '5 dollars'],
    ['You can visit until 6 p.m.', '8:30 in the evening'],
    ['Visiting hours are from 9 a.m. to 6 p.m.', '8:30 in the evening'],
    ['There is a fee of 50 dollars if you miss your visit.', '25 dollars'],
    ['It takes 30 business days to get a copy of your medical records.', '10 business days'],
    ['Your records will be ready in 30 business days.', '10 business days'],
    ['The pharmacy is open Saturday until 6 p.m.', '3 in the afternoon'],
  ])('is set right: %s', async (sentence, right) => {
    const review = await draft(policy, sentence);
    expect(review.verdict).toBe(Verdict.REWRITE);
    expect(review.say).toContain(right);
    expect(review.facts[0]?.citation).toContain('version');
  });

  it.each([
    ['Visiting hours on the general units are from nine in the morning to eight thirty in the evening.'],
    ['A missed visit may be charged a fee of twenty-five dollars.'],
    ['Please cancel your appointment at least one day before the visit by calling the scheduling line.'],
    ['You can call the discharge nurse line at 555-010-0110.'],
    ['Valet parking costs $5 a visit.'],
    ['This takes about ten minutes.'],
    ['Call if you gain two to three pounds in one day, or five pounds in one week.'],
    ['You went home from the hospital two days ago after care for your heart.'],
    ['A nurse will call you today.'],
    ['Take furosemide 40 mg at 8 a.m. and at 2 p.m.'],
    ['Your appointment is on Tuesday at 10:30 a.m.'],
    ['When do you see your doctor?'],
    ['You can visit until 8:30 p.m.'],
    ['Your records will be ready within 10 business days.'],
    ['The pharmacy is open Saturday until 3 p.m.'],
    ['Your appointment is at 5 p.m.'],
    ['Your surgery will be at 7 a.m. on Friday.'],
    ['You have a video visit at 4 p.m. today.'],
    ['Your daughter can come and see you at 6 p.m.'],
    ['A nurse will visit you for 20 minutes at 2 p.m.'],
    ['The home nurse visits at 10 a.m. on Monday.'],
    ['Your ride will be there at 9 a.m.'],
    ['Your co-worker paid 40 dollars for a cab.'],
    ['Take your pills at 8 a.m. and do not miss a dose for 5 days.'],
    ['Stay on the line for two minutes.'],
    ['A refill of furosemide lasts 30 days.'],
    ['Call us if you miss your pills for 2 days.'],
    ['You were in the hospital for 6 days.'],
    ['The nurse will call you within 30 minutes.'],
    ['Your blood pressure was 138 over 82 this morning at 9 a.m.'],
  ])('stands: %s', async (sentence) => {
    expect((await draft(policy, sentence)).verdict).toBe(Verdict.PASS);
  });

  it('stands when it is an answer of this specialist', async () => {
    for (const ask of [
      'How much is parking?',
      'When does the pharmacy open?',
      'How do I cancel my appointment?',
    ]) {
      const { say } = await heard(policy, ask);
      expect(say).not.toBe('');
      expect((await draft(policy, say)).verdict).toBe(Verdict.PASS);
    }
  });

  it('costs no embedding when it states nothing exact', async () => {
    const before = embedded.length;
    await draft(policy, 'How have you been feeling since you came home?');
    await draft(policy, 'Thank you, Margaret.');
    expect(embedded.length).toBe(before);
  });
});
