import { AsterismError } from '../../platform/errors.js';
import { log } from '../../platform/log.js';
import { Disposition } from '../../protos/generated/asterism/v1/specialist.js';
import type { CallRecipient } from '../chart/records.js';
import type { CallDesk } from './call-desk.js';
import { writeBackRequest, type FinishedCall } from './write-back-request.js';

/** Hands finished calls to the record, after their end and out of everybody's way: it neither fails nor delays a call. */
export class WritingBack {
  readonly #recipient: CallRecipient;
  readonly #softwareVersion: string;
  readonly #underWay = new Set<Promise<void>>();

  constructor(recipient: CallRecipient, softwareVersion: string) {
    this.#recipient = recipient;
    this.#softwareVersion = softwareVersion;
  }

  /** Begins to write one call back. What becomes of it stands in the call's log, after its end. */
  begin(desk: CallDesk, call: Omit<FinishedCall, 'state' | 'softwareVersion'>): void {
    const { state } = desk;
    const work = this.#write(desk, { ...call, state, softwareVersion: this.#softwareVersion }).finally(() =>
      this.#underWay.delete(work),
    );
    this.#underWay.add(work);
  }

  /** Settles when nothing is being written any more; never rejects. */
  async settled(): Promise<void> {
    await Promise.all(this.#underWay);
  }

  async #write(desk: CallDesk, call: FinishedCall): Promise<void> {
    try {
      const { resources, posted } = await this.#recipient.writeBack(writeBackRequest(call));
      desk.note({ type: 'record-written', written: true, resources, posted, detail: '' });
    } catch (thrown) {
      const detail = thrown instanceof AsterismError ? thrown.message : 'the note could not be made';
      log.error({ callId: desk.callId, detail }, 'a call was not written back into the record');
      desk.note(
        { type: 'record-written', written: false, resources: 0, posted: false, detail },
        {
          type: 'nurse-task-added',
          turnId: '',
          reason: 'the call was not written into the record: enter it by hand, or write it again',
          disposition: Disposition.WITHIN_DAYS,
        },
      );
    }
    await desk.settled().catch(() => undefined);
  }
}
