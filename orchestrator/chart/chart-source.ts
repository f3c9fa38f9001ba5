import type { Patient } from '../../protos/generated/asterism/v1/patient.js';

/** Where charts come from. */
export interface ChartSource {
  /**
   * @param today local wall-clock time of the call; ages and relative dates are counted from it
   * @throws AsterismError CHART_NOT_FOUND, CHART_INVALID
   */
  chart(patientId: string, today: Date): Promise<Patient>;
}
