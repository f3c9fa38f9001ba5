import { describe, expect, it } from 'vitest';
import { loadWording } from '../../clinical-kb/protocols/load.js';
import { Verdict } from '../../protos/generated/asterism/v1/specialist.js';
import { createPrivacyCompliance } from './privacy-compliance.js';
import {
  draft,
  failed,
  oneIdentifier,
  optedOut,
  otherPerson,
  unverified,
  verified,
  type Context,
} from './test-looks.js';

const privacy = await createPrivacyCompliance();
const may = (text: string, context: Context): boolean =>
  draft(privacy, text, context).verdict === Verdict.PASS;

/** Who may hear what, level by level. */
const levels: readonly (readonly [
  sentence: string,
  who: {
    unverified: boolean;
    one: boolean;
    verified: boolean;
    failed: boolean;
    other: boolean;
    out: boolean;
  },
])[] = [
  // health
  [
    'How is your heart failure?',
    { unverified: false, one: false, verified: true, failed: false, other: false, out: false },
  ],
  [
    'Your potassium was 4.6.',
    { unverified: false, one: false, verified: true, failed: false, other: false, out: false },
  ],
  [
    'Thank you, Margaret. Do you take your furosemide?',
    { unverified: false, one: false, verified: true, failed: false, other: false, out: false },
  ],
  [
    'I am calling about your hospital stay.',
    { unverified: false, one: false, verified: true, failed: false, other: false, out: false },
  ],
  // identifiers
  [
    'Were you born on March 4th, 1950?',
    { unverified: false, one: false, verified: false, failed: false, other: false, out: false },
  ],
  [
    'Your record number is MH 20417.',
    { unverified: false, one: false, verified: false, failed: false, other: false, out: false },
  ],
  [
    'And what is your date of birth?',
    { unverified: true, one: true, verified: true, failed: false, other: true, out: false },
  ],
  [
    'The name is right, but the date of birth is wrong.',
    { unverified: false, one: false, verified: true, failed: false, other: false, out: false },
  ],
  [
    'I could not match that with what I have.',
    { unverified: true, one: true, verified: true, failed: true, other: true, out: true },
  ],
  // the same for everybody
  [
    'Someone from the care team will call back. Goodbye.',
    { unverified: true, one: true, verified: true, failed: true, other: true, out: true },
  ],
  [
    'This could be an emergency. Please call 911 now.',
    { unverified: true, one: true, verified: true, failed: true, other: true, out: true },
  ],
];

describe('what may be said, by how far the identity is established', () => {
  it.each(levels)('%s', (sentence, who) => {
    expect({
      unverified: may(sentence, unverified),
      one: may(sentence, oneIdentifier),
      verified: may(sentence, verified),
      failed: may(sentence, failed),
      other: may(sentence, otherPerson),
      out: may(sentence, optedOut),
    }).toEqual(who);
  });
});

describe('the shared phrases of the protocols', () => {
  const { phrases } = loadWording();
  const filled = (text: string): string =>
    text
      .replace('{organisation}', 'Riverside Community Health')
      .replaceAll('{organisation}', 'Riverside Community Health')
      .replace('{telephone}', '503-555-0100');
  const of = (...names: readonly (keyof typeof phrases)[]): string[] =>
    names.flatMap((name) => phrases[name].map(filled));
  const sentences = (texts: readonly string[]): string[] =>
    texts.flatMap((text) => text.split(/(?<=[.?!])\s+/));

  it.each(
    sentences(
      of(
        'greeting',
        'greetingAgain',
        'reasonBeforeIdentity',
        'consentAsk',
        'consentNo',
        'identityWhy',
        'nameAsk',
        'nameAskGiven',
        'nameAskFamily',
        'nameClarify1',
        'nameClarify2',
        'birthDateAsk',
        'birthDateYear',
        'birthDateClarify1',
        'birthDateClarify2',
        'identityAgain',
        'identityFailed',
        'relative',
        'robot',
        'human',
        'closingDisclosure',
        'goodbye',
      ),
    ),
  )('may be said before the identity is established: %s', (sentence) => {
    expect(may(sentence, unverified)).toBe(true);
  });

  it.each(
    sentences(
      of(
        'identityFailed',
        'wrongPerson',
        'voicemail',
        'relativeEnd',
        'language',
        'silenceEnd',
        'closingDisclosure',
        'goodbye',
        'human',
      ),
    ),
  )('may be said to a stranger: %s', (sentence) => {
    expect(may(sentence, failed)).toBe(true);
  });

  it.each(sentences(of('stopCalling', 'closingDisclosure', 'goodbye')))(
    'may be said to somebody who wants no calls: %s',
    (sentence) => {
      expect(may(sentence, optedOut)).toBe(true);
    },
  );
});

const recorded: Context = { ...verified, recordingConsented: true };
const claims: readonly (readonly [string, Context, string, string])[] = [
  ['a recording nobody agreed to', verified, 'The recording is on.', 'I will not record.'],
  ['a recording nobody agreed to', unverified, 'This call is being recorded.', 'May I record our call?'],
  ['a recording that runs', recorded, 'This call is not being recorded.', 'The recording is on.'],
  [
    'a choice that is none',
    unverified,
    'You have to agree to be recorded.',
    'If you say no, we can still talk.',
  ],
  [
    'a choice that is none',
    unverified,
    'I can not talk with you unless you let me record.',
    'I can talk with you without that.',
  ],
];

describe('what the agent says of the recording', () => {
  it.each(claims)('%s (case %#)', (_, context, untrue, control) => {
    expect([may(untrue, context), may(control, context)]).toEqual([false, true]);
    expect(may(draft(privacy, untrue, context).say, context)).toBe(true);
  });
});
