/** A FHIR R4 server. */
export interface FhirServerSettings {
  /** Base URL, for example https://ehr.example.org/fhir. */
  readonly url: string;
  /** Sent as a bearer token; left out for a server that asks for none. */
  readonly token?: string | undefined;
}

/** Where records are read and calls are written back. */
export interface RecordSettings {
  /** Folder of FHIR R4 bundles, <Patient.id>.json. */
  readonly folder: string;
  /** Takes the folder's place when it is there. */
  readonly fhirServer?: FhirServerSettings | undefined;
  /** Holds a folder per call, which also receives what is written back; left out: no file. */
  readonly callsFolder?: string | undefined;
}
