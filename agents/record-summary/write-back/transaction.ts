import { createHash } from 'node:crypto';
import type {
  Bundle,
  BundleEntry,
  CodeableConcept,
  Communication,
  DocumentReference,
  Observation,
  Provenance,
  ProvenanceAgent,
  QuestionnaireResponse,
  Reference,
} from 'fhir/r4.js';
import type { WriteBackRequest } from '../../../protos/generated/asterism/v1/record_summary.js';

type Written = Communication | Observation | QuestionnaireResponse | DocumentReference;

/**
 * One finished call as a FHIR R4 transaction. Everything in it follows from the request, identifiers too, and each
 * entry is a PUT: writing it again changes nothing. Of a caller who did not prove to be the patient nothing about
 * health is written, only that there was a call.
 */
export function transactionOf(request: WriteBackRequest): Bundle {
  const resources: readonly Written[] = request.verified
    ? [communication(request), ...observations(request), ...questionnaire(request), ...document(request)]
    : [communication(request)];
  return {
    resourceType: 'Bundle',
    type: 'transaction',
    entry: resources.flatMap((resource) => [put(resource), put(provenance(request, resource))]),
  };
}

function communication(request: WriteBackRequest): Communication {
  const { callId, startedAt, endedAt, verified, outcome, protocolId } = request;
  const text = verified
    ? `An automated telephone call by the protocol ${protocolId} ended: ${outcome}.`
    : 'An automated telephone call was placed. Nobody proved to be the patient, so nothing about health was discussed or is written here.';
  return {
    resourceType: 'Communication',
    id: idOf(request, 'communication'),
    identifier: [{ system: 'urn:asterism:call', value: callId }],
    status: 'completed',
    medium: [coded('http://terminology.hl7.org/CodeSystem/v3-ParticipationMode', 'PHONE')],
    subject: patientOf(request),
    sent: startedAt,
    received: endedAt,
    payload: [{ contentString: text }],
  };
}

function observations(request: WriteBackRequest): Observation[] {
  return request.readings.flatMap(({ observation, confirmed }, index) => {
    if (!observation) return [];
    const { name, loinc, value, unit, date } = observation;
    return [
      {
        resourceType: 'Observation',
        id: idOf(request, `observation ${loinc === '' ? name : loinc} ${String(index)}`),
        status: confirmed ? 'final' : 'preliminary',
        category: [coded('http://terminology.hl7.org/CodeSystem/observation-category', 'vital-signs')],
        code: {
          ...(loinc === '' ? {} : { coding: [{ system: 'http://loinc.org', code: loinc }] }),
          text: name,
        },
        subject: patientOf(request),
        effectiveDateTime: date === '' ? request.endedAt : date,
        performer: [patientOf(request)],
        valueQuantity: { value, unit, system: 'http://unitsofmeasure.org', code: unit },
        note: [
          {
            text: `Measured at home and said in an automated telephone call${confirmed ? ', read back and confirmed' : '; not read back'}.`,
          },
        ],
      },
    ];
  });
}

function questionnaire(request: WriteBackRequest): QuestionnaireResponse[] {
  const { answers, outcome, protocolId, protocolVersion, endedAt } = request;
  if (answers.length === 0) return [];
  return [
    {
      resourceType: 'QuestionnaireResponse',
      id: idOf(request, 'questionnaire-response'),
      identifier: { system: 'urn:asterism:call', value: request.callId },
      questionnaire: `urn:asterism:protocol:${protocolId}${protocolVersion === '' ? '' : `|${protocolVersion}`}`,
      status: outcome === 'completed' ? 'completed' : 'stopped',
      subject: patientOf(request),
      authored: endedAt,
      source: patientOf(request),
      item: answers.map(({ itemId, question, answer, confirmed }) => ({
        linkId: itemId,
        text: question,
        answer: [{ valueString: confirmed ? answer : `${answer} (not confirmed)` }],
      })),
    },
  ];
}

function document(request: WriteBackRequest): DocumentReference[] {
  const { summary, endedAt, callId } = request;
  if (summary === '') return [];
  return [
    {
      resourceType: 'DocumentReference',
      id: idOf(request, 'document-reference'),
      identifier: [{ system: 'urn:asterism:call', value: callId }],
      status: 'current',
      docStatus: 'preliminary',
      type: { coding: [{ system: 'http://loinc.org', code: '34748-4' }], text: 'Telephone encounter note' },
      subject: patientOf(request),
      date: endedAt,
      author: [softwareOf(request)],
      description: 'Summary of an automated telephone call',
      content: [
        {
          attachment: {
            contentType: 'text/plain; charset=utf-8',
            data: Buffer.from(summary, 'utf8').toString('base64'),
          },
        },
      ],
    },
  ];
}

/** Who made a resource, from what: the software, and the patient where the patient said it. */
function provenance(request: WriteBackRequest, about: Written): Provenance {
  const said = about.resourceType === 'Observation' || about.resourceType === 'QuestionnaireResponse';
  return {
    resourceType: 'Provenance',
    id: idOf(request, `provenance of ${about.id ?? ''}`),
    target: [{ reference: `${about.resourceType}/${about.id ?? ''}` }],
    recorded: request.endedAt,
    agent: [
      agent('assembler', softwareOf(request)),
      ...(said ? [agent('informant', patientOf(request))] : []),
    ],
    entity: [
      { role: 'source', what: { identifier: { system: 'urn:asterism:call', value: request.callId } } },
    ],
  };
}

function agent(type: string, who: Reference): ProvenanceAgent {
  return { type: coded('http://terminology.hl7.org/CodeSystem/provenance-participant-type', type), who };
}

function patientOf({ patientId }: WriteBackRequest): Reference {
  return { reference: `Patient/${patientId}` };
}

function softwareOf({ softwareVersion }: WriteBackRequest): Reference {
  return { display: `Asterism ${softwareVersion}, an automated assistant`.replace('  ', ' ') };
}

function coded(system: string, code: string): CodeableConcept {
  return { coding: [{ system, code }] };
}

function put(resource: Written | Provenance): BundleEntry {
  return { resource, request: { method: 'PUT', url: `${resource.resourceType}/${resource.id ?? ''}` } };
}

/** The same for the same call and part, and for no other. */
function idOf({ callId }: WriteBackRequest, part: string): string {
  const hash = createHash('sha256').update(`${callId}\n${part}`).digest('hex');
  return [8, 12, 16, 20, 32].map((end, at, ends) => hash.slice(ends[at - 1] ?? 0, end)).join('-');
}
