import { join } from 'node:path';
import type { Category, Taxonomy } from '../../clinical-kb/guard/taxonomy.js';
import { cacheFolder } from '../../platform/cache-folder.js';
import type { Embedder } from '../embedding/embedder.js';
import { keptEmbeddings } from '../embedding/kept-embeddings.js';
import { framingOf, sameFraming, type Framing } from './framing.js';
import type { Side } from './rule-book.js';

/** How near a sentence lies to what is known to be harmful. Scores are cosines. */
export type Nearness =
  /** As good as one of the harmful examples, and clearly nearer to it than to anything harmless. */
  | ({ readonly kind: 'alike' } & Neighbour)
  /** Near to a harmful example, and not clearly so: nobody may take this for safe, the rules decide. */
  | ({ readonly kind: 'unsure' } & Neighbour)
  | { readonly kind: 'far' };

interface Neighbour {
  readonly category: Category;
  readonly score: number;
  /** Of the nearest harmless example. */
  readonly harmlessScore: number;
}

/**
 * From here on a sentence counts as its neighbour, and as unsure. Chosen so that hardly any of some 2,000 everyday
 * sentences is stopped; docs/guard.md has the figures.
 */
const sure: Readonly<Record<Side, Bounds>> = {
  heard: { score: 0.62, margin: 0.1 },
  draft: { score: 0.6, margin: 0.15 },
};
const unsure: Readonly<Record<Side, Bounds>> = {
  heard: { score: 0.5, margin: 0.05 },
  draft: { score: 0.48, margin: 0.02 },
};

interface Bounds {
  readonly score: number;
  /** How much nearer than the nearest harmless example. */
  readonly margin: number;
}

interface Labelled {
  readonly text: string;
  /** Undefined for a harmless one. */
  readonly category: Category | undefined;
}

interface Example {
  readonly point: Float32Array;
  readonly framing: Framing;
  /** Undefined for a harmless one. */
  readonly category: Category | undefined;
}

/** Labelled sentences of both sides as points, next to which any sentence is weighed. */
export class LabelledExamples {
  readonly #examples: Readonly<Record<Side, readonly Example[]>>;

  private constructor(examples: Readonly<Record<Side, readonly Example[]>>) {
    this.#examples = examples;
  }

  /**
   * @param approved sentences that the agent may always say
   * @throws AsterismError WORKER_FAILED
   */
  static async place(
    taxonomy: Taxonomy,
    approved: readonly string[],
    embedder: Embedder,
    folder = join(cacheFolder(), 'guard'),
  ): Promise<LabelledExamples> {
    const placed = async (side: Side, labelled: readonly Labelled[]): Promise<Example[]> => {
      const texts = labelled.map(({ text }) => text);
      const points = await keptEmbeddings(texts, embedder, folder);
      return labelled.flatMap(({ text, category }, index) => {
        const point = points[index];
        return point ? [{ point, category, framing: framingOf(text, side) }] : [];
      });
    };
    // Apart from the taxonomy: whoever edits that does not wait for all approved wording again.
    const sayable = approved.map((text) => ({ text, category: undefined }));
    return new LabelledExamples({
      heard: await placed('heard', labelledOf(taxonomy, 'heard')),
      draft: [...(await placed('draft', labelledOf(taxonomy, 'draft'))), ...(await placed('draft', sayable))],
    });
  }

  /** @param point the sentence's embedding */
  weigh(side: Side, sentence: string, point: Float32Array): Nearness {
    let harmful: { example: Example; category: Category } | undefined;
    let score = -1;
    let harmlessScore = -1;
    for (const example of this.#examples[side]) {
      const cosine = product(point, example.point);
      if (example.category === undefined) harmlessScore = Math.max(harmlessScore, cosine);
      else if (cosine > score) {
        score = cosine;
        harmful = { example, category: example.category };
      }
    }
    const margin = score - harmlessScore;
    if (!harmful || score < unsure[side].score || margin < unsure[side].margin) return { kind: 'far' };
    const alike =
      score >= sure[side].score &&
      margin >= sure[side].margin &&
      sameFraming(framingOf(sentence, side), harmful.example.framing) &&
      !callsNurse(harmful.category, side);
    return { kind: alike ? 'alike' : 'unsure', category: harmful.category, score, harmlessScore };
  }
}

/** What another specialist answers is left to its rules, and so are its examples. */
function labelledOf({ categories, ordinary }: Taxonomy, side: Side): Labelled[] {
  const judged = categories.filter((category) => side === 'draft' || category.heard?.action !== 'note');
  const harmful = judged.flatMap((category) =>
    [...(category[side]?.examples.harmful ?? []), ...(category[side]?.alike ?? [])].map((text) => ({
      text,
      category,
    })),
  );
  const harmless = [
    ...judged.flatMap((category) => category[side]?.examples.harmless ?? []),
    ...ordinary[side],
  ];
  return [...harmful, ...[...new Set(harmless)].map((text) => ({ text, category: undefined }))];
}

/** Nobody is reported as a danger because of a likeness: that takes words that a phrase finds. */
function callsNurse({ heard }: Category, side: Side): boolean {
  return side === 'heard' && heard?.nurse === 'right-away';
}

function product(one: Float32Array, other: Float32Array): number {
  let sum = 0;
  for (let index = 0; index < one.length; index++) sum += (one[index] ?? 0) * (other[index] ?? 0);
  return sum;
}
