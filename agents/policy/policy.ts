import { loadPolicy, samplePolicyFolder } from '../../clinical-kb/policy/load-policy.js';
import { holdsOn } from '../../clinical-kb/policy/schema.js';
import { log } from '../../platform/log.js';
import {
  Pass,
  Verdict,
  type Description,
  type Review,
  type ReviewRequest,
} from '../../protos/generated/asterism/v1/specialist.js';
import { openEmbedder, type Embedder } from '../embedding/embedder.js';
import { reviewOf, type SpecialistLogic } from '../specialist.js';
import { reviewDraft } from './draft.js';
import { reviewHeard } from './heard.js';
import { createMind } from './mind.js';
import { passagesOf } from './passages.js';
import { placePassages } from './place-passages.js';

/**
 * The policy specialist: answers questions about the organisation with a sentence of its own documents, word for
 * word and cited, and says so when none answers. A monitor. It does not start without its embedding model: its
 * thresholds mean nothing for words alone.
 * @param options.folder the organisation's documents; default: ASTERISM_POLICY_DIR, else the sample hospital's
 * @throws AsterismError KNOWLEDGE_INVALID when no document can be used, MODEL_MISSING, WORKER_FAILED
 */
export async function createPolicy(
  options: { readonly folder?: string; readonly embedder?: Embedder } = {},
): Promise<SpecialistLogic<Promise<Review>>> {
  const folder = options.folder ?? (process.env['ASTERISM_POLICY_DIR'] || samplePolicyFolder);
  const [library, embedder] = await Promise.all([loadPolicy(folder), options.embedder ?? openEmbedder()]);
  for (const problem of library.problems) log.error({ specialist: 'policy' }, problem.message);
  const passages = passagesOf(library.documents);
  const mind = createMind(await placePassages(passages, embedder), embedder);
  const holding = library.documents.filter((document) => holdsOn(document, localDay(new Date())));
  const unread = library.problems.map(({ message }) => message);
  const description: Description = {
    specialist: 'policy',
    gate: false,
    covers: [
      `Questions about the organisation, from ${holding.length} documents that hold today: ${holding.map(({ title }) => title).join('; ')}.`,
      'Sentences about to be spoken that give hours, amounts, times or telephone numbers otherwise than a document does.',
      ...(unread.length > 0 ? [`Documents that could not be used: ${unread.join('; ')}`] : []),
    ],
    version: '1',
    knowledgeVersion: library.version,
  };
  return {
    description,
    review: async (request: ReviewRequest): Promise<Review> => {
      const today = request.context?.today || localDay(new Date());
      const parts = await (request.pass === Pass.DRAFT ? reviewDraft : reviewHeard)(mind, request, today);
      return reviewOf(description, { verdict: Verdict.PASS, ...parts });
    },
    close: () => embedder.close(),
  };
}

function localDay(date: Date): string {
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}
