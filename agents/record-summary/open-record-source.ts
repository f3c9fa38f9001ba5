import { openBundleFolder } from './bundle-folder.js';
import { openFhirServer } from './fhir-server.js';
import type { RecordSettings } from './record-settings.js';
import type { RecordSource } from './record-source.js';

/** The FHIR server when there is one, else the folder of bundles. */
export function openRecordSource({ folder, fhirServer }: RecordSettings): RecordSource {
  return fhirServer ? openFhirServer(fhirServer) : openBundleFolder(folder);
}
