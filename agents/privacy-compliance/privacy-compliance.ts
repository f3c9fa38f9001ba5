import { citationOf, citationText } from '../../clinical-kb/citation.js';
import { loadInstructions } from '../../clinical-kb/escalation/instructions.js';
import { loadRedFlags } from '../../clinical-kb/escalation/red-flags.js';
import { joinVersions } from '../../clinical-kb/load.js';
import {
  loadHealthWords,
  loadPrivacySignals,
  type HealthWords,
  type InsteadOf,
  type PrivacySignals,
  type Signal,
  type SignalId,
} from '../../clinical-kb/privacy/privacy-rules.js';
import { AsterismError, messageOf } from '../../platform/errors.js';
import {
  Disposition,
  Pass,
  Verdict,
  Verification,
  type CallContext,
  type Description,
  type Fact,
  type Review,
  type ReviewRequest,
} from '../../protos/generated/asterism/v1/specialist.js';
import { clausesOf } from '../language/clauses.js';
import { compilePhrase, PhraseIndex } from '../language/phrase.js';
import { readText, type Reading } from '../language/reading.js';
import { sentencesOf } from '../language/sentences.js';
import { passReview, reviewOf, type SpecialistLogic } from '../specialist.js';
import { HealthFilter, type HealthMention } from './health-filter.js';
import { identifiersIn } from './identifiers.js';

/** @throws AsterismError KNOWLEDGE_INVALID */
export async function createPrivacyCompliance(): Promise<SpecialistLogic> {
  const [words, signals, flags, instructions] = await Promise.all([
    loadHealthWords(),
    loadPrivacySignals(),
    loadRedFlags(),
    loadInstructions(),
  ]);
  const emergencyTexts = [...flags.data.rules.map(({ ask }) => ask), ...Object.values(instructions.data)];
  const versions = [words, signals, flags, instructions].map(({ version }) => version);
  return new PrivacyCompliance(words.data, signals.data, emergencyTexts, joinVersions(versions));
}

/** Who may hear what at this moment. */
type Audience =
  /** Two identifiers matched, and nobody else took the telephone since. */
  | 'verified'
  /** Not yet asked, or one identifier missing. */
  | 'unverified'
  /** Somebody else is on the line, at first or after the patient had been verified. */
  | 'other-person'
  /** Identifiers did not match, a voicemail, a wrong number. */
  | 'failed'
  /** Wants no calls: only a goodbye is left. */
  | 'opted-out';

const otherPeople: ReadonlySet<SignalId> = new Set(['not-there', 'relative', 'minor', 'claims-permission']);

class PrivacyCompliance implements SpecialistLogic {
  readonly description: Description;
  readonly #filter: HealthFilter;
  /** Approved words for an emergency: they answer what the caller said and hold nothing of a chart. */
  readonly #emergencySentences: ReadonlySet<string>;
  readonly #knowledge: PrivacySignals;
  readonly #signals: PhraseIndex<Signal>;
  readonly #unless: ReadonlyMap<SignalId, PhraseIndex<true>>;

  constructor(
    words: HealthWords,
    signals: PrivacySignals,
    emergencyTexts: readonly string[],
    knowledgeVersion: string,
  ) {
    this.#emergencySentences = new Set(emergencyTexts.flatMap(sentencesOf));
    this.#filter = new HealthFilter(words);
    this.#knowledge = signals;
    const compile = (id: string, source: string): ReturnType<typeof compilePhrase> => {
      try {
        return compilePhrase(source, signals.lexicon);
      } catch (thrown) {
        throw new AsterismError(
          'KNOWLEDGE_INVALID',
          `privacy/signals.yaml: signal ${id}: "${source}": ${messageOf(thrown)}`,
        );
      }
    };
    this.#signals = new PhraseIndex(
      signals.signals.flatMap((signal) =>
        signal.when.map((source) => ({ phrase: compile(signal.id, source), meaning: signal })),
      ),
    );
    this.#unless = new Map(
      signals.signals.map((signal) => [
        signal.id,
        new PhraseIndex(
          signal.unless.map((source) => ({ phrase: compile(signal.id, source), meaning: true as const })),
        ),
      ]),
    );
    this.description = {
      specialist: 'privacy-compliance',
      gate: true,
      covers: [
        'Who is on the line: wrong person, relative, voicemail; nothing about health before two identifiers matched.',
        'Identifiers are asked for and never offered.',
        'Requests to stop calling, to stop recording, about stored data, for a human, and whether a machine is speaking.',
        'A relative, with or without the permission that the patient gave on this call or that is on file.',
        'Attempts to make the agent act against its rules.',
        'The agent never calls itself a nurse or a person.',
      ],
      version: '2',
      knowledgeVersion,
    };
  }

  review(request: ReviewRequest): Review {
    return request.pass === Pass.DRAFT ? this.#reviewDraft(request) : this.#reviewHeard(request);
  }

  // --- first look ------------------------------------------------------------------------------

  #reviewHeard(request: ReviewRequest): Review {
    const signals = this.#signalsIn(request);
    const [signal] = signals;
    if (!signal) {
      return passReview(
        'privacy-compliance',
        this.description.knowledgeVersion,
        'nothing about who is on the line or what may be told',
        false,
      );
    }
    // Only one is answered, but "this is her son, stop calling" is both.
    const facts = signals.map((one) => this.#fact(one, request));
    if (signal.silent) return reviewOf(this.description, { facts, reason: signal.fact, confidence: 0.8 });
    return reviewOf(this.description, {
      verdict: Verdict.SAY,
      disposition: signals.some(({ task }) => task) ? Disposition.SAME_DAY : Disposition.NONE,
      say: signal.say,
      facts,
      reason: signal.fact,
      confidence: 0.9,
    });
  }

  /** In the file's order: the first decides. */
  #signalsIn(request: ReviewRequest): readonly Signal[] {
    const reading = readText(request.heard?.text ?? '');
    if (reading.tokens.length === 0) return [];
    const verified = request.context?.verification === Verification.VERIFIED;
    const clauses = clausesOf(reading);
    const found = new Set(
      this.#signals
        .find(reading)
        .filter(({ meaning, from }) => {
          if (verified ? meaning['before-verified-only'] : meaning['verified-only']) return false;
          if (meaning['recorded-only'] && request.context?.recordingConsented !== true) return false;
          const sentence = clauses.sentenceOf(from);
          return !(this.#unless.get(meaning.id)?.find(reading) ?? []).some(
            (one) => one.from >= sentence.from && one.to <= sentence.to,
          );
        })
        .map(({ meaning }) => meaning),
    );
    const unknownName = !verified && saysNotThisPerson(reading, request);
    // A verified patient talks of relatives all the time; only somebody who takes the telephone is another person.
    const takes = !verified || takesOver.test(reading.text);
    const permitted = mayHear(request, reading);
    return this.#knowledge.signals.filter(
      (signal) =>
        (found.has(signal) || (unknownName && signal.id === 'wrong-person')) &&
        !(otherPeople.has(signal.id) && (!takes || permitted)),
    );
  }

  #fact(signal: Signal, request: ReviewRequest): Fact {
    const relations = signal.id === 'permission-given' ? this.#relationsIn(request) : [];
    return {
      kind: 'identity',
      subjects: [signal.id, ...relations],
      severity: '',
      text: signal.fact,
      citation: citationText(citationOf(this.#knowledge.sources, signal.cite)),
    };
  }

  /** Whom the patient named: "my daughter". */
  #relationsIn(request: ReviewRequest): string[] {
    const { text } = readText(request.heard?.text ?? '');
    return (this.#knowledge.lexicon['relative'] ?? []).filter((relation) =>
      text.includes(` my ${relation} `),
    );
  }

  // --- second look -----------------------------------------------------------------------------

  #reviewDraft(request: ReviewRequest): Review {
    const { draft, patient } = request;
    const reading = readText(draft);
    if (claimsToBeHuman.test(reading.text)) {
      return this.#block('not-a-nurse', 'the sentence claims that a nurse or a person is speaking');
    }
    const parts = sentencesOf(draft);
    if (parts.length > 0 && parts.every((part) => this.#emergencySentences.has(part))) {
      return this.#pass('approved words for an emergency, the same for every caller', true);
    }
    const audience = this.#audienceOf(request);
    const mentions = this.#filter.mentionsIn(draft, patient);
    const identifiers = identifiersIn(draft, patient);
    switch (audience) {
      case 'verified':
        if (identifiers.length === 0 || asksForOwnData.test(readText(request.heard?.text ?? '').text)) {
          return this.#pass('the identity is established', mentions.length > 0);
        }
        return this.#block('identifier', `the sentence gives away an identifier: ${identifiers.join(', ')}`);
      case 'opted-out':
        return isGeneric(reading) && mentions.length === 0
          ? this.#pass('ends a call that is not wanted', true)
          : this.#block('opted-out', 'the caller does not want these calls; only a goodbye is left');
      case 'failed':
        return isGeneric(reading) &&
          mentions.length === 0 &&
          identifiers.length === 0 &&
          !namesPatient(reading, request)
          ? this.#pass('a general sentence to a caller who is not the patient', true)
          : this.#block(
              'verification-failed',
              'not the patient: only a general sentence that asks for a call back',
            );
      case 'other-person':
      case 'unverified':
        break;
    }
    if (offersName(reading, request)) {
      return this.#block('identifier-name', 'the sentence offers the name instead of asking for it');
    }
    if (identifiers.length > 0) {
      return this.#block('identifier', `the sentence offers an identifier: ${identifiers.join(', ')}`);
    }
    const forbidden = mentions.filter((mention) => !this.#mayBeSaid(mention, reading, request));
    if (forbidden.length === 0) return this.#pass('holds nothing about health', mentions.length > 0);
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
    if (kind === 'symptom' || words === 'heart') {
      if (/ (?:911|988) /.test(draft.text)) return true;
      if (!draft.text.includes(' ? ')) return false;
      const said = [request.heard?.text ?? '', ...patientTurns(request.context)].join(' . ');
      return (
        this.#filter.mentionsIn(said, undefined).some((mention) => mention.kind === 'symptom') ||
        emergencyWords.test(readText(said).text)
      );
    }
    return false;
  }

  #audienceOf(request: ReviewRequest): Audience {
    const verification = request.context?.verification ?? Verification.UNVERIFIED;
    const signal = this.#signalsIn(request)[0]?.id;
    const history = (request.context?.findings ?? [])
      .filter(({ kind }) => kind === 'identity')
      .flatMap(({ subjects }) => subjects);
    const states = [...history, ...(signal === undefined ? [] : [signal])];
    if (states.includes('opt-out')) return 'opted-out';
    const lastPerson = states.findLast((state) =>
      ['voicemail', 'wrong-person', 'patient-back', ...otherPeople].includes(state),
    );
    if (verification === Verification.FAILED || lastPerson === 'voicemail' || lastPerson === 'wrong-person')
      return 'failed';
    if (lastPerson !== undefined && lastPerson !== 'patient-back') return 'other-person';
    return verification === Verification.VERIFIED ? 'verified' : 'unverified';
  }

  #pass(reason: string, relevant: boolean): Review {
    return passReview('privacy-compliance', this.description.knowledgeVersion, reason, relevant);
  }

  #block(instead: InsteadOf, reason: string): Review {
    const text = this.#knowledge.instead.find(({ when }) => when === instead)?.text ?? '';
    return reviewOf(this.description, { verdict: Verdict.BLOCK, say: text, reason, confidence: 0.95 });
  }
}

/** "I am not a nurse" and "I am asking a nurse" are true and pass. */
const claimsToBeHuman =
  / i am not (?:a |an )?(?:robot|machine|computer|bot|ai|automated|recording|artificial)| (?:i am|this is|it is) (?:nurse|doctor|dr) (?!s )[a-z]+| (?:i am|i as|speaking as|this is|being|as) (?!not )(?:\w+ )?(?:a |an |your |the )?(?:\w+ )?(?:nurse|registered nurse|rn|doctor|physician|person|human|human being|real person|clinician|pharmacist)(?: [.,?]| and| from| here| at| with| calling| $)/;
const asksForOwnData =
  / (?:what|which) .*(?:date of birth|birthday|birth date|number|phone) | (?:do you have|read|repeat|confirm|check) .*(?:date of birth|birthday|number|phone) /;

/**
 * Whether the relative who speaks may hear about the patient: the patient said so on this call, or a
 * specialist found a permission on file (a fact of kind "permission" whose subjects name the relation).
 */
function mayHear({ context }: ReviewRequest, reading: Reading): boolean {
  const verified = context?.verification === Verification.VERIFIED;
  const relations = (context?.findings ?? []).flatMap(({ kind, subjects }) => {
    if (kind === PERMISSION) return subjects;
    return kind === 'identity' && verified && subjects[0] === 'permission-given' ? subjects.slice(1) : [];
  });
  return relations.some((relation) => reading.text.includes(` ${relation.toLowerCase()} `));
}

/** Kind of a fact that says who may hear about the patient; its subjects are relations: "daughter". */
const PERMISSION = 'permission';

/** "Am I speaking with Margaret Hayes?" gives half of the identity away; "may I speak with …" calls for her. */
function offersName(reading: Reading, { patient }: ReviewRequest): boolean {
  const names = namesOf(patient).filter((name) => /^[a-z]+$/.test(name));
  return (
    names.length > 0 &&
    new RegExp(
      ` (?:are you|is this|am i (?:speaking|talking) (?:with|to)|is your (?:full |first |last )?name|your (?:full |first |last )?name is|you are|you said) (?:mr |mrs |ms |miss )?(?:${names.join('|')}) `,
    ).test(reading.text)
  );
}

const takesOver = / (?:this is|it is|i am) (?:her|his|their|the) /;
const emergencyWords =
  / (?:911|emergency|help|ambulance|kill|die|suicide|hurt|stroke|seizure|passed out|choking|safe) /;
const generic =
  / (?:connect you|connecting you|stay on the line|stay with me|are you still there|welcome|of course|okay|sure|protect your privacy|i will wait|did not (?:quite )?(?:get|hear|catch|follow)|call (?:us |you |me )?back|thank you|thanks|good ?bye|bye|have a (?:good|nice|great)|sorry|care team|can not (?:talk|share|continue|say)|not able to|could not (?:confirm|make sure)|understand|one moment|nurse will call|automated|will call (?:back|again)|pass (?:on|that on)|private|come to the phone|if this is an emergency|911|988) /;

function isGeneric(reading: Reading): boolean {
  return generic.test(reading.text);
}

/** "There is no Margaret here", "I don't know any Hayes". */
function saysNotThisPerson(reading: Reading, { patient }: ReviewRequest): boolean {
  const names = namesOf(patient).filter((name) => /^[a-z]+$/.test(name));
  return names.some((name) =>
    new RegExp(
      ` (?:(?:there is|we have|got|have|know) no|not know (?:any|a|no|who)|i am not|this is not|not named) (?:is )?${name} `,
    ).test(reading.text),
  );
}

function namesPatient(reading: Reading, { patient }: ReviewRequest): boolean {
  const names = namesOf(patient);
  return reading.tokens.some(({ text }) => names.includes(text));
}

/** Given and family name in lower case; empty ones left out. */
function namesOf(patient: ReviewRequest['patient']): string[] {
  return [patient?.givenName ?? '', patient?.familyName ?? '']
    .map((name) => name.toLowerCase())
    .filter((name) => name !== '');
}

function patientTurns(context: CallContext | undefined): string[] {
  return (context?.history ?? [])
    .filter(({ speaker }) => speaker === 'patient')
    .map(({ text }) => text)
    .slice(-4);
}
