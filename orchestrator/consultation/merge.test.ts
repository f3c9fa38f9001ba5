import { describe, expect, it } from 'vitest';
import { Disposition, Verdict, type Review } from '../../protos/generated/asterism/v1/specialist.js';
import type { LookStatus } from '../call/events.js';
import { mergeLooks, spokenWordings, type Look } from './merge.js';
import { isGate } from './specialist-order.js';

const { PASS, ADVISE, SAY, REWRITE, BLOCK, ASK, ESCALATE, DEFER } = Verdict;

function look(
  specialist: string,
  verdict: Verdict,
  parts: Partial<Review> & { status?: LookStatus; gate?: boolean } = {},
): Look {
  const { status = 'answered', gate = isGate(specialist, false), ...rest } = parts;
  const review: Review = {
    specialist,
    verdict,
    disposition: verdict === ESCALATE ? Disposition.SAME_DAY : Disposition.NONE,
    say: verdict === PASS || verdict === BLOCK ? '' : `${specialist} words`,
    entities: [],
    facts: [],
    reason: '',
    confidence: 1,
    relevant: true,
    jobId: '',
    knowledgeVersion: '',
    ...rest,
  };
  return { specialist, gate, status, review: status === 'answered' ? review : undefined, elapsedMs: 1 };
}

const call911 = { disposition: Disposition.CALL_911 };
const call988 = { disposition: Disposition.CALL_988 };

describe('merging', () => {
  it.each<[string, Look[], string, Verdict]>([
    ['nobody objects', [look('medication', PASS), look('escalation', PASS)], '', PASS],
    ['one objects', [look('medication', BLOCK), look('escalation', PASS)], 'medication', BLOCK],
    [
      'two rewrites: the earlier specialist',
      [look('labs-vitals', REWRITE), look('medication', REWRITE)],
      'medication',
      REWRITE,
    ],
    ['block against say: block', [look('medication', SAY), look('labs-vitals', BLOCK)], 'labs-vitals', BLOCK],
    [
      'block against rewrite: block',
      [look('medication', REWRITE), look('labs-vitals', BLOCK)],
      'labs-vitals',
      BLOCK,
    ],
    [
      'rewrite against say: rewrite',
      [look('medication', SAY), look('labs-vitals', REWRITE)],
      'labs-vitals',
      REWRITE,
    ],
    [
      'ask against ask: the earlier specialist',
      [look('labs-vitals', ASK), look('medication', ASK)],
      'medication',
      ASK,
    ],
    [
      'ask against block: the question first',
      [look('medication', ASK), look('labs-vitals', BLOCK)],
      'medication',
      ASK,
    ],
    [
      'ask against say: the question wins',
      [look('labs-vitals', ASK), look('medication', SAY)],
      'labs-vitals',
      ASK,
    ],
    [
      'privacy block against medication say',
      [look('privacy-compliance', BLOCK), look('medication', SAY)],
      'privacy-compliance',
      BLOCK,
    ],
    [
      'privacy block against medication ask',
      [look('privacy-compliance', BLOCK), look('medication', ASK)],
      'privacy-compliance',
      BLOCK,
    ],
    [
      'a nurse now against privacy ask',
      [
        look('privacy-compliance', ASK),
        look('escalation', ESCALATE, { disposition: Disposition.URGENT_NURSE }),
      ],
      'escalation',
      ESCALATE,
    ],
    [
      'privacy ask against a nurse later',
      [look('escalation', ESCALATE), look('privacy-compliance', ASK)],
      'privacy-compliance',
      ASK,
    ],
    [
      'privacy rewrite against medication ask',
      [look('privacy-compliance', REWRITE), look('medication', ASK)],
      'medication',
      ASK,
    ],
    [
      '911 against privacy block',
      [look('privacy-compliance', BLOCK), look('escalation', ESCALATE, call911)],
      'escalation',
      ESCALATE,
    ],
    [
      '988 against privacy block',
      [look('privacy-compliance', BLOCK), look('escalation', ESCALATE, call988)],
      'escalation',
      ESCALATE,
    ],
    [
      '911 of a later specialist against 988',
      [look('escalation', ESCALATE, call988), look('medication', ESCALATE, call911)],
      'medication',
      ESCALATE,
    ],
    [
      '911 of a monitor against everything',
      [look('escalation', ESCALATE), look('nutrition', ESCALATE, call911)],
      'nutrition',
      ESCALATE,
    ],
    [
      'a nurse escalation against medication block',
      [look('medication', BLOCK), look('escalation', ESCALATE)],
      'escalation',
      ESCALATE,
    ],
    [
      'a monitor never outranks a gate',
      [look('nutrition', ESCALATE), look('labs-vitals', SAY)],
      'labs-vitals',
      SAY,
    ],
    ['a monitor against a gate’s hint', [look('escalation', ADVISE), look('policy', BLOCK)], 'policy', BLOCK],
    ['defer against a hint', [look('medication', ADVISE), look('labs-vitals', DEFER)], 'labs-vitals', DEFER],
    [
      'two hints: the earlier specialist',
      [look('nutrition', ADVISE), look('policy', ADVISE)],
      'policy',
      ADVISE,
    ],
    [
      'unknown specialists come last, by name',
      [look('zebra', SAY), look('aardvark', SAY), look('checklist', SAY)],
      'checklist',
      SAY,
    ],
  ])('%s', (_case, looks, winner, verdict) => {
    for (const order of [looks, [...looks].reverse()]) {
      const decision = mergeLooks(order);
      expect(decision.winning?.specialist ?? '').toBe(winner);
      expect(decision.verdict).toBe(verdict);
    }
  });

  it.each<[LookStatus]>([['late'], ['failed'], ['invalid']])('fails closed when a gate is %s', (status) => {
    const decision = mergeLooks([look('labs-vitals', SAY), look('medication', PASS, { status })]);
    expect(decision).toMatchObject({
      verdict: BLOCK,
      winning: undefined,
      unansweredGates: ['medication'],
    });
    expect(decision.losing.map((review) => review.specialist)).toEqual(['labs-vitals']);
  });

  it('goes on without a silent monitor', () => {
    const decision = mergeLooks([look('medication', PASS), look('nutrition', PASS, { status: 'late' })]);
    expect(decision).toMatchObject({ verdict: PASS, unansweredGates: [] });
  });

  it.each([[call911], [call988]])('lets no silent gate stop an emergency', (parts) => {
    const decision = mergeLooks([
      look('escalation', ESCALATE, parts),
      look('medication', PASS, { status: 'late' }),
      look('privacy-compliance', PASS, { status: 'failed' }),
    ]);
    expect(decision.winning?.specialist).toBe('escalation');
    expect(decision.unansweredGates).toEqual(['privacy-compliance', 'medication']);
  });

  it('lets a silent gate stop an escalation to a nurse', () => {
    const decision = mergeLooks([look('escalation', ESCALATE), look('medication', PASS, { status: 'late' })]);
    expect(decision).toMatchObject({ verdict: BLOCK, winning: undefined, disposition: Disposition.SAME_DAY });
  });

  it('counts a gate that says two different things as one that did not answer', () => {
    const decision = mergeLooks([
      look('medication', PASS),
      look('medication', BLOCK),
      look('escalation', PASS),
    ]);
    expect(decision).toMatchObject({ verdict: BLOCK, winning: undefined, unansweredGates: ['medication'] });
  });

  it('takes a gate that says the same thing twice at its word', () => {
    const decision = mergeLooks([look('medication', SAY), look('medication', SAY)]);
    expect(decision).toMatchObject({ verdict: SAY, unansweredGates: [], losing: [] });
    expect(decision.reviews).toHaveLength(1);
  });

  it('keeps every losing verdict, in merging order, and the most urgent disposition of all', () => {
    const decision = mergeLooks([
      look('nutrition', ADVISE),
      look('labs-vitals', SAY, { disposition: Disposition.URGENT_NURSE }),
      look('medication', ASK, { disposition: Disposition.ROUTINE }),
      look('escalation', PASS),
    ]);
    expect(decision.losing.map((review) => review.specialist)).toEqual(['labs-vitals', 'nutrition']);
    expect(decision.reviews.map((review) => review.specialist)).toEqual([
      'escalation',
      'medication',
      'labs-vitals',
      'nutrition',
    ]);
    expect(decision.disposition).toBe(Disposition.URGENT_NURSE);
  });

  it('of nobody at all passes: there is nobody to fail', () => {
    expect(mergeLooks([])).toMatchObject({
      verdict: PASS,
      disposition: Disposition.NONE,
      unansweredGates: [],
    });
  });
});

describe('the wordings that belong into a turn', () => {
  it.each<[string, Look[], string[]]>([
    ['none', [look('medication', PASS), look('labs-vitals', ADVISE)], []],
    [
      'every SAY, the winner first',
      [look('labs-vitals', SAY), look('medication', SAY)],
      ['medication', 'labs-vitals'],
    ],
    [
      'what must be said, then the question',
      [look('labs-vitals', SAY), look('medication', ASK)],
      ['labs-vitals', 'medication'],
    ],
    [
      'what must be said beside a block without words',
      [look('labs-vitals', SAY), look('medication', BLOCK)],
      ['labs-vitals'],
    ],
    [
      'an escalation, then what must be said',
      [look('medication', SAY), look('escalation', ESCALATE)],
      ['escalation', 'medication'],
    ],
    ['an emergency alone', [look('medication', SAY), look('escalation', ESCALATE, call911)], ['escalation']],
    [
      'a privacy question alone',
      [look('medication', SAY), look('privacy-compliance', ASK)],
      ['privacy-compliance'],
    ],
    [
      'nothing after a privacy block without words',
      [look('medication', SAY), look('privacy-compliance', BLOCK)],
      [],
    ],
    [
      'nothing while a gate is silent',
      [look('medication', SAY), look('escalation', PASS, { status: 'late' })],
      [],
    ],
  ])('are %s', (_case, looks, specialists) => {
    expect(spokenWordings(mergeLooks(looks)).map((review) => review.specialist)).toEqual(specialists);
  });
});
