import { AwaitedAnswer } from '../../../../protos/generated/asterism/v1/hearing.js';
import { yesNo } from '../../understanding/yes-no.js';
import { done, notUnderstood, type ItemHandler } from './item-handler.js';

export const RECORDING_CONSENT = 'recording-consent';

/** Leave to record, asked before any audio may be stored; without a clear yes nothing is stored. */
export const recordingConsent: ItemHandler = {
  topic: 'recording this call',
  firstStep: 'ask',
  ask(turn) {
    const question = turn.words('phrase consentAsk', turn.context.wording.phrases.consentAsk);
    turn.ask(RECORDING_CONSENT, 'ask', question, { awaited: AwaitedAnswer.YES_NO });
    // The question comes first and the comfort after it: "may I" is what must have been heard.
    turn.position = { ...turn.position, pending: { ...turn.position.pending, question: question[0] ?? '' } };
  },
  take(turn, _step, answer) {
    const leave = yesNo(answer.statement, { permission: true });
    if (!leave || leave.answer === 'unsure') return notUnderstood;
    const granted = leave.answer === 'yes';
    turn.consent(granted);
    turn.change(RECORDING_CONSENT, 'done', { answer: granted ? 'yes' : 'no' });
    turn.say(granted ? 'consentYes' : 'consentNo');
    return done;
  },
  clarify(turn, _step, attempt) {
    const { consentClarify1, consentClarify2 } = turn.context.wording.phrases;
    return turn.words(`consent ${String(attempt)}`, attempt === 1 ? consentClarify1 : consentClarify2);
  },
  leave(turn) {
    turn.consent(false);
    turn.change(RECORDING_CONSENT, 'done', { answer: 'no' });
    turn.say('consentUnclear');
    return done;
  },
};
