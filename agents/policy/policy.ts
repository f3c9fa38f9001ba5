import { loadPolicy, samplePolicyFolder, type PolicyLibrary } from '../../clinical-kb/policy/load-policy.js';
import { holdsOn } from '../../clinical-kb/policy/schema.js';
import { localDate } from '../../platform/local-date.js';
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
 * @param options.folder the organisation's documents; left out: the sample hospital's
 * @param options.embedder closed by whoever gave it; left out: the one that the specialists share
 * @throws AsterismError KNOWLEDGE_INVALID when no document can be used, MODEL_MISSING, WORKER_FAILED
 */
export async function createPolicy(
  options: { readonly folder?: string | undefined; readonly embedder?: Embedder } = {},
): Promise<SpecialistLogic<Promise<Review>>> {
  const loading = loadPolicy(options.folder ?? samplePolicyFolder);
  loading.catch(() => undefined); // seen below, after the model is there
  if (options.embedder) return policyOf(await loading, options.embedder);
  const embedder = await openEmbedder();
  try {
    return { ...(await policyOf(await loading, embedder)), close: () => embedder.close() };
  } catch (thrown) {
    await embedder.close();
    throw thrown;
  }
}

async function policyOf(
  library: PolicyLibrary,
  embedder: Embedder,
): Promise<SpecialistLogic<Promise<Review>>> {
  for (const problem of library.problems) log.error({ specialist: 'policy' }, problem.message);
  const mind = createMind(await placePassages(passagesOf(library.documents), embedder), embedder);
  const description = descriptionOf(library);
  return {
    description,
    review: async (request: ReviewRequest): Promise<Review> => {
      const today = request.context?.today || localDate(new Date());
      const parts = await (request.pass === Pass.DRAFT ? reviewDraft : reviewHeard)(mind, request, today);
      return reviewOf(description, { verdict: Verdict.PASS, ...parts });
    },
  };
}

function descriptionOf({ documents, problems, version }: PolicyLibrary): Description {
  const today = localDate(new Date());
  const titles = documents.filter((document) => holdsOn(document, today)).map(({ title }) => title);
  return {
    specialist: 'policy',
    gate: false,
    covers: [
      `Questions about the organisation, from ${titles.length} documents that hold today: ${titles.join('; ')}.`,
      'Sentences about to be spoken that give hours, amounts, times or telephone numbers otherwise than a document does.',
      ...(problems.length > 0
        ? [`Documents that could not be used: ${problems.map(({ message }) => message).join('; ')}`]
        : []),
    ],
    version: '1',
    knowledgeVersion: version,
  };
}
