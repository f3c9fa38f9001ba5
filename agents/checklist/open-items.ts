import { ItemProgress, type ChecklistItem } from '../../protos/generated/asterism/v1/specialist.js';

/** Whether an item still waits for its answer: not covered, not refused, not given to a nurse. */
export function isOpen({ progress }: ChecklistItem): boolean {
  switch (progress) {
    case ItemProgress.OPEN:
    case ItemProgress.ASKED:
    case ItemProgress.PARTIAL:
    case ItemProgress.DEFERRED:
      return true;
    case ItemProgress.COVERED:
    case ItemProgress.REFUSED:
    case ItemProgress.WITH_NURSE:
    case ItemProgress.UNSPECIFIED:
    case ItemProgress.UNRECOGNIZED:
      return false;
  }
}
