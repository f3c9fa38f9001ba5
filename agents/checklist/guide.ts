import { loadProtocols } from '../../clinical-kb/protocols/load.js';
import type { Protocol, ProtocolItem } from '../../clinical-kb/protocols/schema.js';
import { AsterismError, messageOf } from '../../platform/errors.js';
import { compilePhrase, PhraseIndex } from '../language/phrase.js';

/** What a phrase says about a yes-no item when another question was asked. */
export interface Volunteered {
  readonly itemId: string;
  /** yes and no when the phrase is said to be so; denied counts only when it is denied. */
  readonly means: 'yes' | 'no' | 'denied';
}

/** A care protocol as the checklist reads it. */
export interface Guide {
  readonly protocol: Protocol;
  readonly volunteered: PhraseIndex<Volunteered>;
  /** Words that answer a yes-no item which was asked, by item. */
  readonly answers: ReadonlyMap<string, PhraseIndex<'yes' | 'no'>>;
}

/** @throws AsterismError PROTOCOL_INVALID, also when a phrase of a protocol cannot be read */
export function loadGuides(): ReadonlyMap<string, Guide> {
  return new Map(Object.values(loadProtocols()).map((protocol) => [protocol.id, guideOf(protocol)]));
}

/** @throws AsterismError PROTOCOL_INVALID when a phrase cannot be read */
export function guideOf(protocol: Protocol): Guide {
  const questions = protocol.items.filter((item) => item.kind === 'yes-no');
  const phrase = (source: string, item: ProtocolItem): ReturnType<typeof compilePhrase> => {
    try {
      return compilePhrase(source, {});
    } catch (thrown) {
      throw new AsterismError('PROTOCOL_INVALID', `${protocol.id}: ${item.id}: ${messageOf(thrown)}`);
    }
  };
  return {
    protocol,
    volunteered: new PhraseIndex(
      questions.flatMap((item) =>
        (['yes', 'denied', 'no'] as const).flatMap((means) =>
          item.volunteered[means].map((source) => ({
            phrase: phrase(source, item),
            meaning: { itemId: item.id, means },
          })),
        ),
      ),
    ),
    answers: new Map(
      questions.map((item) => [
        item.id,
        new PhraseIndex(
          (['yes', 'no'] as const).flatMap((meaning) =>
            item.means[meaning].map((source) => ({ phrase: phrase(source, item), meaning })),
          ),
        ),
      ]),
    ),
  };
}

/** The protocol's item behind an item of the call: medicine:furosemide belongs to the item of kind medicines. */
export function protocolItem(protocol: Protocol, itemId: string): ProtocolItem | undefined {
  const medicine = medicineOf(itemId) !== undefined;
  return protocol.items.find((item) => (medicine ? item.kind === 'medicines' : item.id === itemId));
}

/** The medicine that an item of the call is about. */
export function medicineOf(itemId: string): string | undefined {
  return /^medicine:(.+)$/.exec(itemId)?.[1];
}
