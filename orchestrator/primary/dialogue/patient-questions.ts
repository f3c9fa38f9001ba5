import { Disposition } from '../../../protos/generated/asterism/v1/specialist.js';
import type { Turn } from './turn.js';

/** Nobody knows the answer: said plainly, and a nurse gets the question. */
export function passOn(turn: Turn, question: string): void {
  if (!turn.verified) {
    turn.say('reasonBeforeIdentity');
    return;
  }
  turn.addTask(`the patient asks: ${question}`, Disposition.WITHIN_DAYS);
  turn.say('unknownQuestion');
}
