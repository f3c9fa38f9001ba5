import { describe, expect, it } from 'vitest';
import { Disposition, Verdict, type Review } from '../../protos/generated/asterism/v1/specialist.js';
import { approvedPhrases, isApproved } from './approved-phrases.js';
import { mergeLooks, type Look } from './merge.js';
import { isSaidIn, judge, withoutRepeats, type Judgement } from './speech-gate.js';
import { isGate } from './specialist-order.js';

const { PASS, ADVISE, SAY, REWRITE, BLOCK, ASK, ESCALATE, DEFER } = Verdict;

function look(specialist: string, verdict: Verdict, say = '', parts: Partial<Review> = {}): Look {
  const review: Review = {
    specialist,
    verdict,
    disposition: Disposition.NONE,
    say,
    entities: [],
    facts: [],
    reason: 'why',
    confidence: 1,
    relevant: true,
    jobId: '',
    knowledgeVersion: '',
    ...parts,
  };
  return { specialist, gate: isGate(specialist, false), status: 'answered', review, elapsedMs: 1 };
}

function silent(specialist: string): Look {
  return { specialist, gate: true, status: 'late', review: undefined, elapsedMs: 250 };
}

const call911 = { disposition: Disposition.CALL_911 };

interface Situation {
  looks: Look[];
  kind?: 'draft' | 'wording';
  sentence?: string;
  turnTexts?: string[];
  deadlinePassed?: boolean;
}

function gate({
  looks,
  kind = 'draft',
  sentence = 'A draft.',
  turnTexts = [],
  deadlinePassed = true,
}: Situation): Judgement {
  const decision = mergeLooks(withoutRepeats(looks, sentence, turnTexts));
  return judge({ kind, decision, turnTexts, deadlinePassed });
}

/** A judgement in one line. */
function shown(judgement: Judgement): string {
  if (judgement.kind === 'emergency') return `emergency: ${judgement.review.say}`;
  if (judgement.kind !== 'replace') return judgement.kind;
  const words = judgement.wordings.map((review) => review.say).join(' + ');
  return `${words}${judgement.thenDraft ? ' + draft' : ''}${judgement.endsTurn ? ', end' : ''}`;
}

describe('the speech gate', () => {
  it.each<[string, Situation, string]>([
    ['everyone passes', { looks: [look('medication', PASS)] }, 'release'],
    ['a hint', { looks: [look('medication', ADVISE, 'Mention salt.')] }, 'release'],
    ['an answer that comes later', { looks: [look('medication', DEFER, '', { jobId: 'j' })] }, 'release'],
    ['a rewrite', { looks: [look('medication', REWRITE, 'Better.')] }, 'Better.'],
    ['a block with words', { looks: [look('privacy-compliance', BLOCK, 'Who is this?')] }, 'Who is this?'],
    ['a block without words', { looks: [look('privacy-compliance', BLOCK)] }, 'withhold'],
    ['a say', { looks: [look('medication', SAY, 'Careful.')] }, 'Careful. + draft'],
    ['a question', { looks: [look('medication', ASK, 'Which one?')] }, 'Which one?, end'],
    [
      'an escalation to a nurse',
      { looks: [look('escalation', ESCALATE, 'A nurse will call.', { disposition: Disposition.SAME_DAY })] },
      'A nurse will call., end',
    ],
    ['911', { looks: [look('escalation', ESCALATE, 'Call 911.', call911)] }, 'emergency: Call 911.'],

    [
      'two rewrites',
      { looks: [look('labs-vitals', REWRITE, 'Two.'), look('medication', REWRITE, 'One.')] },
      'One.',
    ],
    [
      'block without words against say',
      { looks: [look('medication', SAY, 'Careful.'), look('labs-vitals', BLOCK)] },
      'Careful.',
    ],
    [
      'privacy block against say',
      { looks: [look('medication', SAY, 'Careful.'), look('privacy-compliance', BLOCK)] },
      'withhold',
    ],
    [
      'rewrite and say',
      { looks: [look('medication', SAY, 'Careful.'), look('labs-vitals', REWRITE, 'Better.')] },
      'Careful. + Better.',
    ],
    [
      'question and say',
      { looks: [look('medication', SAY, 'Careful.'), look('labs-vitals', ASK, 'How much?')] },
      'Careful. + How much?, end',
    ],

    ['a silent gate, time left', { looks: [silent('medication')], deadlinePassed: false }, 'hold'],
    ['a silent gate, no time left', { looks: [silent('medication')] }, 'nurse-confirm'],
    [
      'a silent gate and a rewrite',
      { looks: [silent('medication'), look('labs-vitals', REWRITE, 'Better.')] },
      'nurse-confirm',
    ],
    [
      'a silent gate and 911, time left',
      {
        looks: [silent('medication'), look('escalation', ESCALATE, 'Call 911.', call911)],
        deadlinePassed: false,
      },
      'emergency: Call 911.',
    ],
    [
      'privacy block and 911',
      { looks: [look('privacy-compliance', BLOCK), look('escalation', ESCALATE, 'Call 911.', call911)] },
      'emergency: Call 911.',
    ],
    [
      'a gate that contradicts itself',
      { looks: [look('medication', PASS), look('medication', BLOCK)] },
      'nurse-confirm',
    ],

    ['a say that is this very sentence', { looks: [look('medication', SAY, 'A draft.')] }, 'release'],
    [
      'a question that is this very sentence',
      { looks: [look('medication', ASK, 'A draft?')], sentence: 'A draft?' },
      'release',
    ],
    ['a rewrite that changes nothing', { looks: [look('medication', REWRITE, 'a draft')] }, 'release'],
    [
      'a say that is said in this turn',
      { looks: [look('medication', SAY, 'Careful.')], turnTexts: ['Careful.'] },
      'release',
    ],
    [
      'a say that is said in this turn in two sentences',
      {
        looks: [look('medication', SAY, 'No ibuprofen. Take acetaminophen.')],
        turnTexts: ['No ibuprofen.', 'Take acetaminophen.'],
      },
      'release',
    ],
    [
      '911 that was said in this turn, everyone else agreeing',
      { looks: [look('escalation', ESCALATE, 'Call 911.', call911)], turnTexts: ['Call 911.'] },
      'release',
    ],
    [
      '911 that was said in this turn, a gate silent',
      {
        looks: [look('escalation', ESCALATE, 'Call 911.', call911), silent('medication')],
        turnTexts: ['Call 911.'],
      },
      'nurse-confirm',
    ],
    [
      'a rewrite to words that are in the turn',
      { looks: [look('medication', REWRITE, 'Better.')], turnTexts: ['Better.'] },
      'withhold',
    ],
    [
      'a block, its words in the turn',
      { looks: [look('medication', BLOCK, 'Careful.')], turnTexts: ['Careful.'] },
      'withhold',
    ],

    ['a wording that everyone passes', { kind: 'wording', looks: [look('medication', PASS)] }, 'release'],
    [
      'a wording that is rewritten again',
      { kind: 'wording', looks: [look('medication', REWRITE, 'Third.')] },
      'nurse-confirm',
    ],
    [
      'a wording that privacy blocks',
      { kind: 'wording', looks: [look('privacy-compliance', BLOCK)] },
      'nurse-confirm',
    ],
    [
      'a wording that another adds to',
      { kind: 'wording', looks: [look('labs-vitals', SAY, 'Also.')] },
      'nurse-confirm',
    ],
    [
      'a wording that its author asks for again',
      { kind: 'wording', sentence: 'Better.', looks: [look('medication', REWRITE, 'Better.')] },
      'release',
    ],
    ['a wording with a silent gate', { kind: 'wording', looks: [silent('labs-vitals')] }, 'nurse-confirm'],
    [
      'a wording and 911',
      { kind: 'wording', looks: [look('escalation', ESCALATE, 'Call 911.', call911)] },
      'emergency: Call 911.',
    ],
  ])('%s', (_case, situation, expected) => {
    expect(shown(gate(situation))).toBe(expected);
  });

  it('never releases a draft while a gate is silent, whatever the others say', () => {
    const verdicts = [PASS, ADVISE, SAY, REWRITE, BLOCK, ASK, ESCALATE, DEFER];
    for (const verdict of verdicts) {
      for (const disposition of [Disposition.NONE, Disposition.URGENT_NURSE, Disposition.CALL_911]) {
        for (const deadlinePassed of [true, false]) {
          for (const kind of ['draft', 'wording'] as const) {
            const judgement = gate({
              kind,
              deadlinePassed,
              looks: [look('escalation', verdict, 'Words.', { disposition }), silent('labs-vitals')],
            });
            expect(['hold', 'nurse-confirm', 'emergency']).toContain(judgement.kind);
            if (judgement.kind === 'emergency')
              expect([verdict, disposition]).toEqual([ESCALATE, Disposition.CALL_911]);
          }
        }
      }
    }
  });
});

describe('what is said already', () => {
  it.each([
    ['Do not take ibuprofen.', ['Do not take ibuprofen.'], true],
    ['Don’t take it!', ["don't take it"], true],
    ['Take one.', ['Take one hundred.'], false],
    ['Take 2.5 mg.', ['Please wait.', 'Take 2.5 mg.'], true],
    ['Take one.', ['Mistake one.'], false],
    ['One. Two.', ['One.', 'Two.'], true],
    ['One. Two.', ['Two.', 'One.'], false],
    ['', ['Anything.'], false],
  ])('%j in %j: %s', (wording, texts, expected) => {
    expect(isSaidIn(wording, texts)).toBe(expected);
  });
});

describe('approved phrases', () => {
  it('are approved word for word, and nothing else is', () => {
    for (const phrase of Object.values(approvedPhrases)) expect(isApproved(phrase)).toBe(true);
    expect(isApproved('One moment, please. Take two.')).toBe(false);
  });

  it('never call the agent a nurse and hold no health information', () => {
    for (const phrase of Object.values(approvedPhrases)) {
      expect(phrase).not.toMatch(/I am a nurse|this is nurse|your (heart|medicine|weight|blood)/i);
    }
  });
});
