/**
 * Fixed sentences, approved as they stand: the only ones that may be spoken without a second look.
 * They hold nothing about any patient's health, so they are true and safe whoever listens.
 */
export const approvedPhrases = {
  /** A gate needs longer than expected. */
  holding: 'One moment, please.',
  /** The call would end, and a specialist is still looking at something. */
  stillChecking: 'Before we finish, I am still checking something for you. One moment, please.',
  /** A gate did not answer: what was drafted is not said. */
  nurseConfirms: "I can't check that right now, so I will have a nurse confirm it with you.",
  /** Everything drafted was stopped and nothing was given in its place. */
  notOnThisCall: "I can't talk about that on this call, but a nurse can help you with it.",
  /** The agent itself failed. */
  sayAgain: "I'm sorry, I had a problem just now. Could you please say that again?",
  /** Follows when the escalation specialist was among the silent ones. */
  emergencyReminder: 'If this is an emergency, please hang up and call 911.',
  /** The call cannot go on safely. */
  cannotContinue:
    "I'm sorry, I'm an automated assistant, and I can't check my answers right now, so it is safer to stop " +
    'here. A nurse will call you back today. To reach a person before that, call your care team. If this is ' +
    'an emergency, please hang up and call 911. Goodbye.',
  /** No chart: nothing can be checked against it. */
  noRecord:
    "Hello, this is an automated assistant calling from your care team. I'm sorry, I can't open the " +
    'information I need right now. Someone from your care team will call you back. To reach a person before ' +
    'that, call your care team. Goodbye.',
} as const;

const all: ReadonlySet<string> = new Set(Object.values(approvedPhrases));

/** Whether a sentence is, word for word, an approved one. */
export function isApproved(text: string): boolean {
  return all.has(text.trim());
}

/** Whether a sentence only asks the patient to wait. */
export function isHolding(text: string): boolean {
  return text === approvedPhrases.holding || text === approvedPhrases.stillChecking;
}
