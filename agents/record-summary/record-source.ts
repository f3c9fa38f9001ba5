/** A patient's record as it was found. */
export interface FoundRecord {
  /** A FHIR R4 Bundle as parsed JSON, not checked yet. */
  readonly bundle: unknown;
  /** What the source could not give; resource and reason, never a value. */
  readonly warnings: readonly string[];
}

/** Where a patient's record comes from. */
export interface RecordSource {
  /** @throws AsterismError CHART_NOT_FOUND, CHART_INVALID, RECORD_UNREACHABLE */
  find(patientId: string, signal: AbortSignal): Promise<FoundRecord>;
}
