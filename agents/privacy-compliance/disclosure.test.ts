import { describe, expect, it } from 'vitest';
import { loadWording } from '../../clinical-kb/protocols/load.js';
import { Verdict, type Review } from '../../protos/generated/asterism/v1/specialist.js';
import { createPrivacyCompliance } from './privacy-compliance.js';
import { draft, failed, optedOut, unverified, verified, type Context } from './test-looks.js';

const privacy = await createPrivacyCompliance();
const { phrases } = loadWording();
const spoken = (text: string | undefined): string[] =>
  (text ?? '')
    .replaceAll('{organisation}', 'Riverside Community Health')
    .replaceAll('{telephone}', '503-555-0100')
    .replaceAll('{givenName}', 'Margaret')
    .split(/(?<=[.?!])\s+/);

/** What is said of each sentence of a turn. */
function turn(sentences: readonly string[], context: Context): Review[] {
  return sentences.map((one) => draft(privacy, one, { ...context, turnSentences: [...sentences] }));
}
const verdicts = (reviews: readonly Review[]): Verdict[] => reviews.map(({ verdict }) => verdict);
const { PASS, REWRITE } = Verdict;

const said = [{ speaker: 'agent', text: 'And how is your appetite?', turnId: '8' }];
const ending: Context = { ...verified, history: said, closingReason: 'completed' };

describe('the end of a call', () => {
  it.each(phrases.closingDisclosure.map((text) => [text]))('of the protocols is in order: %s', (text) => {
    const sentences = [...spoken(text), ...spoken(phrases.goodbyeVerified[0])];
    expect(new Set(verdicts(turn(sentences, ending)))).toEqual(new Set([PASS]));
  });

  it.each(phrases.voicemail.map((text) => [text]))('on a voicemail is in order: %s', (text) => {
    const context = { ...failed, history: [], closingReason: 'voicemail' };
    expect(new Set(verdicts(turn(spoken(text), context)))).toEqual(new Set([PASS]));
  });

  it('without a disclosure is put right in its last sentence, with words that may be said', () => {
    const [thanks, goodbye] = turn(['Thank you for your time.', 'Goodbye.'], ending);
    expect([thanks?.verdict, goodbye?.verdict]).toEqual([PASS, REWRITE]);
    const say = goodbye?.say ?? '';
    expect(say).toMatch(/automated assistant.*reach a person.*Goodbye/);
    expect(draft(privacy, say, { ...ending, turnSentences: ['Thank you for your time.', say] }).verdict).toBe(
      PASS,
    );
  });

  it.each([
    ['only what was speaking', ['I am an automated assistant.', 'Goodbye.']],
    ['only how to reach a person', ['To reach a person, call your care team.', 'Goodbye.']],
  ])('that says %s is put right', (_, sentences) => {
    expect(verdicts(turn(sentences, ending)).at(-1)).toBe(REWRITE);
  });

  it('that goes on after an interruption may have said it before', () => {
    const history = spoken(phrases.closingDisclosure[1]).map((text) => ({
      speaker: 'agent',
      text,
      turnId: '9',
    }));
    expect(verdicts(turn(['Take care, Margaret.', 'Goodbye.'], { ...ending, history }))).toEqual([
      PASS,
      PASS,
    ]);
  });

  it.each<readonly [string, Context]>([
    ['while the call goes on', { ...ending, closingReason: '' }],
    ['when a person takes over', { ...ending, closingReason: 'transferred' }],
    ['when 911 is called', { ...ending, closingReason: 'emergency-911' }],
    ['where the turn is not known', { ...ending, closingReason: 'completed', turnSentences: [] }],
  ])('is not asked for %s', (_, context) => {
    expect(draft(privacy, 'Goodbye.', { turnSentences: ['Goodbye.'], ...context }).verdict).toBe(PASS);
  });

  it.each<readonly [string, Context]>([
    ['a stranger', failed],
    ['somebody who wants no calls', optedOut],
  ])('in words of privacy’s own discloses too, to %s', (_, context) => {
    const blocked = draft(privacy, 'How is your heart failure?', context);
    expect(blocked.verdict).toBe(Verdict.BLOCK);
    const closing = { ...context, history: said, closingReason: 'opted-out' };
    expect(verdicts(turn([blocked.say], closing))).toEqual([PASS]);
  });
});

describe('the start of a call', () => {
  const starting: Context = { ...unverified, history: [] };

  it('of the protocols is in order', () => {
    const sentences = [...spoken(phrases.greeting[0]), ...spoken(phrases.consentAsk[0])];
    expect(new Set(verdicts(turn(sentences, starting)))).toEqual(new Set([PASS]));
  });

  it('without a disclosure is put right in its first sentence', () => {
    const reviews = turn(['Hi there!', 'What is your first and last name?'], starting);
    expect(verdicts(reviews)).toEqual([REWRITE, PASS]);
    expect(reviews[0]?.say).toMatch(/automated assistant.*not a person/);
  });

  it('does not hold up an emergency', () => {
    expect(verdicts(turn(['Please hang up and call 911 now.'], starting))).toEqual([PASS]);
  });

  it('is over once the agent has spoken', () => {
    expect(verdicts(turn(['What is your first and last name?'], { ...starting, history: said }))).toEqual([
      PASS,
    ]);
  });
});
