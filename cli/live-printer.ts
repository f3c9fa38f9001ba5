import Table from 'cli-table3';
import pc from 'picocolors';
import type { CallEvent, CallEventOf } from '../orchestrator/call/events.js';
import { Pass, Verdict } from '../protos/generated/asterism/v1/specialist.js';
import type { CallReport } from './call-report.js';

const shortVerdict = (verdict: Verdict): string => verdict.replace('VERDICT_', '');
const shortDisposition = (disposition: string): string =>
  disposition.replace('DISPOSITION_', '').replace('CALL_', '').toLowerCase().replace('_', '-');

/** Prints a call while it happens: what was heard, which specialist said what in how many ms, what was spoken. */
export class LivePrinter {
  readonly #print: (line: string) => void;
  #looks: CallEventOf<'review-given'>[] = [];

  constructor(print: (line: string) => void) {
    this.#print = print;
  }

  show(event: CallEvent): void {
    switch (event.type) {
      case 'call-started':
        this.#print(
          pc.dim(
            `call ${event.callId} · patient ${event.patientId} · protocol ${event.protocolId} · ${event.specialists.map(({ specialist }) => specialist).join(', ')}`,
          ),
        );
        return;
      case 'utterance-heard':
        this.#print('');
        this.#print(
          `${pc.cyan('Patient ')}  ${event.utterance.text}  ${pc.dim(`(${event.utterance.confidence.toFixed(2)}, ${event.endOfTurnReason})`)}`,
        );
        return;
      case 'review-given':
        this.#looks.push(event);
        return;
      case 'decision-made':
        this.#showLooks(event);
        return;
      case 'sentence-released':
        this.#print(
          `${pc.green('Asterism')}  ${event.text}${event.source === 'draft' ? '' : pc.dim(`  (${event.source})`)}${event.interruptible ? '' : pc.dim('  (not interruptible)')}`,
        );
        return;
      case 'sentence-withheld':
        this.#print(pc.yellow(`          withheld: ${event.reason}`));
        return;
      case 'barged-in':
        this.#print(
          pc.yellow(
            `          the patient speaks over it; silent after ${String(Math.round(event.yieldMs))} ms`,
          ),
        );
        return;
      case 'sentence-played':
        if (!event.complete && event.playedText !== '')
          this.#print(pc.yellow(`          heard of it: "${event.playedText}"`));
        return;
      case 'dtmf-received':
        this.#print(pc.cyan(`Patient   presses ${event.digit}`));
        return;
      case 'escalation-raised':
        this.#print(pc.red(`          escalation (${shortDisposition(event.disposition)}): ${event.reason}`));
        return;
      case 'nurse-task-added':
        this.#print(
          pc.yellow(`          for the nurse (${shortDisposition(event.disposition)}): ${event.reason}`),
        );
        return;
      case 'job-started':
        this.#print(pc.yellow(`          ${event.specialist} looks at it for longer: ${event.reason}`));
        return;
      case 'job-ended':
        this.#print(
          pc.yellow(
            `          ${event.specialist} ${event.status === 'answered' ? 'is through' : event.status}: ${event.review?.reason ?? 'no result'}`,
          ),
        );
        return;
      case 'omissions-noted':
        this.#print(pc.yellow(`          not covered: ${event.items.map(({ topic }) => topic).join(', ')}`));
        return;
      case 'specialist-lost':
        this.#print(pc.red(`          specialist ${event.specialist} does not answer: ${event.detail}`));
        return;
      case 'specialist-back':
        this.#print(pc.yellow(`          specialist ${event.specialist} answers again`));
        return;
      case 'recording-consent':
        this.#print(pc.dim(`          recording ${event.granted ? 'agreed' : 'refused'}`));
        return;
      case 'verification-changed':
        this.#print(
          pc.dim(
            `          identity: ${event.verification.replace('VERIFICATION_', '').toLowerCase()} (${event.reason})`,
          ),
        );
        return;
      case 'transfer-requested':
        this.#print(pc.yellow(`          transfer to ${event.destination}`));
        return;
      case 'call-ended':
        this.#print('');
        this.#print(pc.dim(`call ended: ${event.outcome} (${event.reason})`));
        return;
      case 'job-progressed':
      case 'follow-up-due':
      case 'listening-changed':
      case 'hang-up-requested':
      case 'silence-elapsed':
      case 'findings-noted':
      case 'item-changed':
      case 'primary-moved':
      case 'sentence-drafted':
      case 'turn-timed':
      case 'record-written':
        return;
    }
  }

  #showLooks(decision: CallEventOf<'decision-made'>): void {
    const looks = this.#looks.splice(0);
    const spoken = looks.filter(
      (look) => look.status !== 'answered' || look.review?.verdict !== Verdict.PASS,
    );
    const slowestMs = Math.max(0, ...looks.map((look) => look.elapsedMs));
    if (decision.pass === Pass.HEARD) {
      this.#print(
        pc.dim(
          `          ${looks.map((look) => `${look.specialist} ${look.review ? shortVerdict(look.review.verdict) : look.status} ${look.elapsedMs.toFixed(1)} ms`).join(' · ')}`,
        ),
      );
    } else if (spoken.length > 0) {
      this.#print(pc.dim(`          before speaking, ${slowestMs.toFixed(1)} ms:`));
    }
    for (const look of spoken) {
      if (look.review) this.#print(pc.magenta(`          ${look.specialist}: ${look.review.reason}`));
    }
    if (decision.unansweredGates.length > 0) {
      this.#print(
        pc.red(`          no answer from ${decision.unansweredGates.join(', ')}: nothing is passed`),
      );
    }
  }
}

/** The turns' timings as a table, in milliseconds. */
export function timingTable(report: CallReport): string {
  const table = new Table({
    head: [
      'turn',
      'heard',
      'conf.',
      'end of turn',
      'text',
      'both looks',
      'first audio',
      'voice to voice',
      'yield',
    ],
    style: { head: [], border: [] },
    colAligns: ['right', 'left', 'right', 'right', 'right', 'right', 'right', 'right', 'right'],
  });
  const ms = (value: number | undefined): string => (value === undefined ? '' : value.toFixed(0));
  for (const turn of report.turns) {
    if (turn.heard === '') continue;
    table.push([
      turn.turnId,
      turn.heard.length > 44 ? `${turn.heard.slice(0, 43)}…` : turn.heard,
      turn.confidence.toFixed(2),
      ms(turn.timing?.endOfTurnMs),
      ms(turn.timing?.finalTextMs),
      turn.looksMs.toFixed(1),
      ms(turn.timing?.firstAudioMs),
      ms(turn.voiceToVoiceMs),
      ms(turn.yieldMs),
    ]);
  }
  return table.toString();
}
