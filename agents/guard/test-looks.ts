import {
  CallContext,
  Pass,
  ReviewRequest,
  type Review,
} from '../../protos/generated/asterism/v1/specialist.js';
import type { AnySpecialist } from '../specialist.js';

/** One look of a specialist at words of the patient or at a sentence of the agent, for tests. */
export async function look(
  specialist: AnySpecialist,
  side: 'heard' | 'draft',
  text: string,
  about: { readonly context?: Partial<CallContext>; readonly conditions?: string[] } = {},
): Promise<Review> {
  return specialist.review(
    ReviewRequest.fromPartial({
      pass: side === 'heard' ? Pass.HEARD : Pass.DRAFT,
      heard: { text: side === 'heard' ? text : 'okay' },
      draft: side === 'draft' ? text : '',
      patient: { conditions: about.conditions ?? [] },
      context: CallContext.fromPartial(about.context ?? {}),
    }),
  );
}
