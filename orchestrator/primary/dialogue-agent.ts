import { loadWording } from '../../clinical-kb/protocols/load.js';
import type { Protocol } from '../../clinical-kb/protocols/schema.js';
import type { Wording } from '../../clinical-kb/protocols/wording-schema.js';
import { AsterismError } from '../../platform/errors.js';
import { goOn } from './dialogue/flow.js';
import { hear } from './dialogue/heard.js';
import { escalate } from './dialogue/reviews.js';
import { keyPressed } from './dialogue/keypad.js';
import { hearSilence } from './dialogue/silence.js';
import { slotsFor, type CallingFor } from './dialogue/slots.js';
import { Turn } from './dialogue/turn.js';
import { positionOf } from './position.js';
import { prepareBirthDates } from './understanding/birth-dates.js';
import type { Draft, PrimaryAgent, PrimaryInput } from './primary-agent.js';

export interface DialogueAgentOptions extends CallingFor {
  /** Care protocols by id. */
  readonly protocols: Readonly<Record<string, Protocol>>;
  /** The shared phrases; those of clinical-kb/protocols/wording.yaml when left out. */
  readonly wording?: Wording;
}

/**
 * The primary agent without a language model: it follows a care protocol as data, in approved wording,
 * and cannot invent a medical sentence. Pure: the same input gives the same draft.
 */
export function createDialogueAgent(options: DialogueAgentOptions): PrimaryAgent {
  const wording = options.wording ?? loadWording();
  prepareBirthDates(new Date(0));
  return {
    respond: (input, signal) =>
      signal.aborted
        ? Promise.reject(new AsterismError('CANCELLED', 'the turn was cancelled before it was drafted'))
        : Promise.resolve().then(() => draftTurn(options, wording, input)),
  };
}

/** @throws AsterismError PROTOCOL_INVALID when the call's protocol is not loaded, RECORD_CORRUPT */
function draftTurn(options: DialogueAgentOptions, wording: Wording, input: PrimaryInput): Draft {
  const { state, patient, stimulus, turnId, now } = input;
  const protocol = options.protocols[state.protocolId];
  if (!protocol) throw new AsterismError('PROTOCOL_INVALID', `no protocol "${state.protocolId}" is loaded`);
  const slots = slotsFor(options, patient, now);
  const turn = new Turn({ turnId, protocol, wording, patient, state, now, slots }, positionOf(state));
  switch (stimulus.kind) {
    case 'opening':
      turn.say('greeting');
      goOn(turn);
      break;
    case 'heard':
      hear(turn, stimulus);
      break;
    case 'emergency-found':
      escalate(turn, stimulus.review);
      break;
    case 'silence':
      hearSilence(turn);
      break;
    case 'dtmf': {
      const said = keyPressed(turn, stimulus.digit);
      if (said) hear(turn, said);
      break;
    }
  }
  return turn.draft();
}
