import type { ReviewRequest } from '../../protos/generated/asterism/v1/specialist.js';
import { readText } from '../language/reading.js';

const automated = / (?:automated|artificial intelligence|ai assistant|not a person) /;
const howToReachSomebody =
  / (?:reach a (?:person|human|nurse)|(?:ask for|talk with|talk to|speak with|speak to) a (?:person|human|nurse)|call (?:[a-z]+ ){0,6}(?:back|at)|connect you with) /;
const emergency = / (?:911|988) /;

/** The agent's last words before this turn that a closing may be the rest of, after an interruption. */
const LINES_BEFORE = 6;

/**
 * Which disclosure a drafted turn lacks (California AB 3030: by voice at the start and at the end, and at the
 * end how to reach a human). The opening is the first turn in which the agent speaks; its first sentence is
 * the one to put right. The closing is the last turn of a call; its last sentence is.
 */
export function missingDisclosure({ draft, context }: ReviewRequest): 'opening' | 'closing' | undefined {
  const sentences = context?.turnSentences ?? [];
  if (!context || sentences.length === 0) return undefined;
  const turn = readText(sentences.join(' . ')).text;
  if (emergency.test(turn)) return undefined;
  const said = context.history.filter(({ speaker }) => speaker === 'agent').map(({ text }) => text);
  if (said.length === 0 && draft === sentences[0] && !automated.test(turn)) return 'opening';
  // Somebody else goes on with a call that is transferred; nothing stands before a call to 911.
  if (['', 'transferred', 'emergency-911'].includes(context.closingReason)) return undefined;
  if (draft !== sentences.at(-1)) return undefined;
  const end = readText([...said.slice(-LINES_BEFORE), ...sentences].join(' . ')).text;
  return automated.test(end) && howToReachSomebody.test(end) ? undefined : 'closing';
}
