import { loadInstructions } from '../../clinical-kb/escalation/instructions.js';
import { loadRedFlags } from '../../clinical-kb/escalation/red-flags.js';
import type { Taxonomy } from '../../clinical-kb/guard/taxonomy.js';
import { joinVersions } from '../../clinical-kb/load.js';
import { loadNutrition } from '../../clinical-kb/nutrition/load-nutrition.js';
import { loadPrivacySignals } from '../../clinical-kb/privacy/privacy-rules.js';
import { loadProtocols, loadWording } from '../../clinical-kb/protocols/load.js';
import { sentencesOf } from '../language/sentences.js';
import { writtenSentences } from './parts.js';

/** Most words that stand in the place of one {slot}. */
const MOST_SLOT_WORDS = 10;
/** A sentence that is hardly more than slots says nothing about what fills them. */
const FEWEST_FIXED_WORDS = 2;

/**
 * Wording that was written down and approved before the call: of protocols, emergencies, privacy, nutrition,
 * and the guard itself. Rules look at it like at everything; nothing less certain than a rule does.
 */
export class ApprovedWording {
  readonly #sentences = new Set<string>();
  readonly #patterns: RegExp[] = [];
  /** Every sentence without a slot, as it is written. */
  readonly sentences: readonly string[];
  /** Versions of everything that was approved. */
  readonly version: string;

  constructor(texts: readonly string[], version: string) {
    this.version = version;
    this.sentences = [
      ...new Set(texts.flatMap(writtenSentences).filter((sentence) => !sentence.includes('{'))),
    ];
    for (const text of texts) {
      // A slot must not end a sentence before the text is taken apart.
      for (const sentence of sentencesOf(text.replace(/\{\w+\}/g, 'slotslot'))) {
        if (!sentence.includes('slotslot')) this.#sentences.add(sentence);
        else if (sentence.split(' ').filter((word) => word !== 'slotslot').length >= FEWEST_FIXED_WORDS) {
          this.#patterns.push(patternOf(sentence));
        }
      }
    }
  }

  /** Whether every sentence of a text is approved; what fills a slot is short and no sentence of its own. */
  includes(text: string): boolean {
    const sentences = sentencesOf(text);
    return (
      sentences.length > 0 &&
      sentences.every(
        (sentence) => this.#sentences.has(sentence) || this.#patterns.some((one) => one.test(sentence)),
      )
    );
  }
}

function patternOf(sentence: string): RegExp {
  const filled = sentence.replaceAll('slotslot', `\\S+(?: \\S+){0,${String(MOST_SLOT_WORDS - 1)}}`);
  return new RegExp(`^${filled}$`);
}

/** @throws AsterismError KNOWLEDGE_INVALID or PROTOCOL_INVALID */
export async function loadApproved(taxonomy: Taxonomy): Promise<ApprovedWording> {
  const [instructions, flags, privacy, nutrition] = await Promise.all([
    loadInstructions(),
    loadRedFlags(),
    loadPrivacySignals(),
    loadNutrition(),
  ]);
  const own = taxonomy.categories.flatMap(({ heard, draft }) => [
    heard?.say ?? '',
    heard?.again ?? '',
    draft?.say ?? '',
  ]);
  const texts = [
    ...textsIn(loadProtocols()),
    ...textsIn(loadWording()),
    ...Object.values(instructions.data),
    ...flags.data.rules.map(({ ask }) => ask),
    ...privacy.data.signals.map(({ say }) => say),
    ...privacy.data.instead.map(({ text }) => text),
    ...textsIn(nutrition.rules.map(({ say }) => say)),
    ...own,
    taxonomy.unchecked,
  ];
  return new ApprovedWording(
    texts,
    joinVersions([instructions, flags, privacy, nutrition].map(({ version }) => version)),
  );
}

/** Every whole sentence in a protocol, whatever its place. */
function textsIn(node: unknown): string[] {
  if (typeof node === 'string') return /\s.*[.?]$/.test(node) ? [node] : [];
  return typeof node === 'object' && node !== null ? Object.values(node).flatMap(textsIn) : [];
}
