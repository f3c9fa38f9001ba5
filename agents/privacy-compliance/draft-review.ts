import type { InsteadOf, PrivacySignals } from '../../clinical-kb/privacy/privacy-rules.js';
import {
  Verdict,
  type CallContext,
  type Review,
  type ReviewRequest,
} from '../../protos/generated/asterism/v1/specialist.js';
import { readText, type Reading } from '../language/reading.js';
import { sentencesOf } from '../language/sentences.js';
import { falseClaim } from './agent-claims.js';
import { missingDisclosure } from './disclosure.js';
import type { Audience } from './audience.js';
import { givesReason, isGeneral } from './general-sentences.js';
import type { HealthFilter, HealthMention } from './health-filter.js';
import { tellsWhichMatched } from './identifier-match.js';
import { identifiersIn } from './identifiers.js';
import { offersIdentifier } from './offered-identifiers.js';
import { namesPatient, offersName } from './names.js';
import type { Speaker } from './speaker.js';
import { asksAfterPatient, tellsOfPatient } from './third-person.js';

const asksForOwnData =
  / (?:what|which) .*(?:date of birth|birthday|birth date|number|phone) | (?:do you have|read|repeat|confirm|check) .*(?:date of birth|birthday|number|phone) /;
const disclosed = {
  opening: 'that an automated assistant is speaking',
  closing: 'that an automated assistant was speaking and how to reach a person',
} as const;
const emergencyWords =
  / (?:911|emergency|help|ambulance|kill|die|suicide|hurt|stroke|seizure|passed out|choking|safe) /;

/** Judges a sentence before it is spoken: what it tells, and who would hear it. */
export class DraftReview {
  readonly #filter: HealthFilter;
  readonly #instead: PrivacySignals['instead'];
  /** Approved words for an emergency: they answer what the caller said and hold nothing of a chart. */
  readonly #emergencySentences: ReadonlySet<string>;

  constructor(filter: HealthFilter, knowledge: PrivacySignals, emergencyTexts: readonly string[]) {
    this.#filter = filter;
    this.#instead = knowledge.instead;
    this.#emergencySentences = new Set(emergencyTexts.flatMap(sentencesOf));
  }

  /** @param speaker who spoke before this turn, and whom the patient permits to hear */
  review(request: ReviewRequest, speaker: Speaker, audience: Audience): Partial<Review> {
    const reading = readText(request.draft);
    const claim = falseClaim(reading, request);
    if (claim) return this.#block(claim.instead, claim.reason);
    const parts = sentencesOf(request.draft);
    if (parts.length > 0 && parts.every((part) => this.#emergencySentences.has(part))) {
      return pass('approved words for an emergency, the same for every caller', true);
    }
    const byAudience = this.#byAudience(request, reading, speaker, audience);
    const missing = missingDisclosure(request);
    if (byAudience.verdict !== undefined || missing === undefined) return byAudience;
    return {
      ...this.#block(missing, `the ${missing} does not say ${disclosed[missing]}`),
      verdict: Verdict.REWRITE,
    };
  }

  #byAudience(
    request: ReviewRequest,
    reading: Reading,
    speaker: Speaker,
    audience: Audience,
  ): Partial<Review> {
    const mentions = this.#filter.mentionsIn(request.draft, request.patient);
    switch (audience) {
      case 'verified':
        return this.#toVerified(request, reading, speaker, mentions);
      case 'opted-out':
        return isGeneral(reading) && mentions.length === 0
          ? pass('ends a call that is not wanted', true)
          : this.#block('opted-out', 'the caller does not want these calls; only a goodbye is left');
      case 'failed':
        return this.#toStranger(request, reading, mentions);
      case 'other-person':
      case 'unverified':
        return this.#beforeVerified(request, reading, mentions, audience);
    }
  }

  #toVerified(
    request: ReviewRequest,
    reading: Reading,
    { permitted }: Speaker,
    mentions: readonly HealthMention[],
  ): Partial<Review> {
    if (permitted.length === 0 && tellsOfPatient(reading, request.patient, mentions)) {
      return this.#block(
        'other-person',
        'speaks about the patient to somebody whom nobody permitted to hear',
      );
    }
    const identifiers = identifiersIn(request.draft, request.patient);
    if (identifiers.length === 0 || asksForOwnData.test(readText(request.heard?.text ?? '').text)) {
      return pass('the identity is established', mentions.length > 0);
    }
    return this.#block('identifier', `the sentence gives away an identifier: ${identifiers.join(', ')}`);
  }

  #toStranger(request: ReviewRequest, reading: Reading, mentions: readonly HealthMention[]): Partial<Review> {
    const harmless =
      isGeneral(reading) &&
      mentions.length === 0 &&
      identifiersIn(request.draft, request.patient).length === 0 &&
      !tellsWhichMatched(reading) &&
      !offersIdentifier(reading) &&
      !givesReason(reading) &&
      !namesPatient(reading, request);
    return harmless
      ? pass('a general sentence to a caller who is not the patient', true)
      : this.#block(
          'verification-failed',
          'not the patient: only a general sentence that asks for a call back',
        );
  }

  #beforeVerified(
    request: ReviewRequest,
    reading: Reading,
    mentions: readonly HealthMention[],
    audience: Audience,
  ): Partial<Review> {
    if (offersName(reading, request)) {
      return this.#block('identifier-name', 'the sentence offers the name instead of asking for it');
    }
    const identifiers = identifiersIn(request.draft, request.patient);
    if (identifiers.length > 0) {
      return this.#block('identifier', `the sentence offers an identifier: ${identifiers.join(', ')}`);
    }
    if (offersIdentifier(reading)) {
      return this.#block('identifier', 'the sentence offers an identifier that the caller did not say');
    }
    if (tellsWhichMatched(reading)) {
      return this.#block('identifier-match', 'the sentence tells which identifier was right');
    }
    if (audience === 'other-person' && asksAfterPatient(reading, request.patient)) {
      return this.#block('other-person', 'speaks about how the patient is to somebody else');
    }
    const forbidden = mentions.filter((mention) => !this.#mayBeSaid(mention, reading, request));
    if (forbidden.length === 0) return pass('holds nothing about health', mentions.length > 0);
    const kinds = [...new Set(forbidden.map(({ kind }) => kind))].join(', ');
    return this.#block(
      audience === 'other-person' ? 'other-person' : 'not-verified',
      `health information (${kinds}) before the identity is established`,
    );
  }

  /**
   * Emergency instructions, and questions about a symptom that the caller named, disclose nothing:
   * the caller said it first. Words of the chart stay forbidden.
   */
  #mayBeSaid({ kind, words }: HealthMention, draft: Reading, request: ReviewRequest): boolean {
    if (kind !== 'symptom' && words !== 'heart') return false;
    if (/ (?:911|988) /.test(draft.text)) return true;
    if (!draft.text.includes(' ? ')) return false;
    const said = [request.heard?.text ?? '', ...patientTurns(request.context)].join(' . ');
    return (
      this.#filter.mentionsIn(said, undefined).some((mention) => mention.kind === 'symptom') ||
      emergencyWords.test(readText(said).text)
    );
  }

  #block(instead: InsteadOf, reason: string): Partial<Review> {
    const text = this.#instead.find(({ when }) => when === instead)?.text ?? '';
    return { verdict: Verdict.BLOCK, say: text, reason, confidence: 0.95 };
  }
}

function pass(reason: string, relevant: boolean): Partial<Review> {
  return { reason, relevant };
}

function patientTurns(context: CallContext | undefined): string[] {
  return (context?.history ?? [])
    .filter(({ speaker }) => speaker === 'patient')
    .map(({ text }) => text)
    .slice(-4);
}
