import { z } from 'zod';
import { isSpecialistName, specialistNames, type SpecialistName } from '../../agents/specialists.js';
import { AwaitedAnswer, Utterance } from '../../protos/generated/asterism/v1/hearing.js';
import { Patient } from '../../protos/generated/asterism/v1/patient.js';
import {
  CallContext,
  Pass,
  type ReviewRequest,
  Verification,
} from '../../protos/generated/asterism/v1/specialist.js';

/*
 * One line of the input of `asterism consult`. A field that is null counts as absent; fields that are
 * not known are ignored, so that a set of tasks may carry its own.
 */

const text = z
  .string()
  .nullish()
  .transform((value) => value ?? '');
const list = <Item extends z.ZodType>(item: Item) =>
  z
    .array(item)
    .nullish()
    .transform((value) => value ?? []);
const probability = z.number().min(0).max(1);

const wordAlternative = z.object({ text: z.string(), confidence: probability });

/** By the names of AwaitedAnswer in hearing.proto, as words. */
const awaitedAnswers = {
  open: AwaitedAnswer.OPEN,
  'yes-no': AwaitedAnswer.YES_NO,
  number: AwaitedAnswer.NUMBER,
  date: AwaitedAnswer.DATE,
  name: AwaitedAnswer.NAME,
  list: AwaitedAnswer.LIST,
  medicine: AwaitedAnswer.MEDICINE,
} as const;

const patient = z.object({
  givenName: text,
  familyName: text,
  birthDate: text,
  telephone: text,
  dischargeDate: text,
  age: z
    .number()
    .min(0)
    .max(150)
    .nullish()
    .transform((value) => value ?? 0),
  sex: text,
  conditions: list(z.string()),
  allergies: list(z.string()),
  medications: list(z.object({ name: z.string().min(1), dose: text, frequency: text, purpose: text })),
  labs: list(z.object({ name: z.string().min(1), loinc: text, value: z.number(), unit: text, date: text })),
});

const requestLine = z.object({
  id: z.union([z.string(), z.number()]),
  specialist: z.string().superRefine((name, context) => {
    if (name === 'all' || isSpecialistName(name)) return;
    context.addIssue({ code: 'custom', message: `must be all or one of ${specialistNames.join(', ')}` });
  }),
  patient: patient.nullish(),
  verified: z.boolean(),
  heard: z.string().nullish(),
  words: list(z.object({ text: z.string(), confidence: probability, alternatives: list(wordAlternative) })),
  /** Other readings of the whole, most probable first, with or without a probability. */
  alternatives: list(z.union([z.string(), wordAlternative])),
  draft: text,
  /** Said before by either side, oldest first. */
  history: list(z.object({ speaker: z.enum(['patient', 'agent']), text: z.string().min(1) })),
  /** The protocol item now asked, for example weight. */
  item: text,
  awaited: z.enum(Object.keys(awaitedAnswers) as (keyof typeof awaitedAnswers)[]).nullish(),
  /** Whose question the patient is answering. */
  answering: text,
  /** What specialists found earlier in the call. */
  findings: list(
    z.object({ kind: z.string(), subjects: list(z.string()), severity: text, text: text, citation: text }),
  ),
  /** The local date of the call; unknown when absent. */
  today: z.iso
    .date()
    .nullish()
    .transform((value) => value ?? ''),
});
export type RequestLine = z.infer<typeof requestLine>;

/** A line that cannot be consulted on, and why. */
export interface LineProblem {
  /** As given; null when not even that could be read. */
  readonly id: string | number | null;
  readonly error: { readonly code: 'INPUT_INVALID'; readonly field: string; readonly message: string };
}

export type ParsedLine =
  | { readonly valid: true; readonly line: RequestLine }
  | { readonly valid: false; readonly problem: LineProblem };

/** Reads one line of JSON; never throws. */
export function parseLine(json: string): ParsedLine {
  let raw: unknown;
  try {
    raw = JSON.parse(json);
  } catch {
    return invalid(null, '', 'the line is not JSON');
  }
  const result = requestLine.safeParse(raw);
  if (!result.success) {
    const issue = result.error.issues[0];
    return invalid(idOf(raw), issue?.path.map(String).join('.') ?? '', issue?.message ?? 'not valid');
  }
  const line = result.data;
  if ((line.heard ?? '').trim() === '' && line.draft.trim() === '') {
    return invalid(line.id, 'heard', 'heard or draft must hold text');
  }
  return { valid: true, line };
}

function invalid(id: string | number | null, field: string, message: string): ParsedLine {
  return { valid: false, problem: { id, error: { code: 'INPUT_INVALID', field, message } } };
}

function idOf(raw: unknown): string | number | null {
  if (typeof raw !== 'object' || raw === null || !('id' in raw)) return null;
  return typeof raw.id === 'string' || typeof raw.id === 'number' ? raw.id : null;
}

/** Which specialists a line asks. */
export function specialistsOf({ specialist }: RequestLine): readonly SpecialistName[] {
  return isSpecialistName(specialist) ? [specialist] : specialistNames;
}

/**
 * The looks a line asks for: the first when something was heard, the second when there is a draft.
 * @param specialist who is asked; it is told whether the patient is answering its own question
 */
export function requestsOf(line: RequestLine, specialist = line.specialist): ReviewRequest[] {
  const heard = (line.heard ?? '').trim() === '' ? undefined : utteranceOf(line);
  const common = {
    callId: `consult-${String(line.id)}`,
    turnId: '1',
    patient: patientOf(line),
    context: CallContext.fromPartial({
      verification: line.verified ? Verification.VERIFIED : Verification.UNVERIFIED,
      history: line.history.map((turn, index) => ({ ...turn, turnId: `before-${String(index + 1)}` })),
      itemId: line.item,
      awaited: line.awaited ? awaitedAnswers[line.awaited] : AwaitedAnswer.UNSPECIFIED,
      findings: line.findings,
      answeringOwnQuestion: line.answering !== '' && line.answering === specialist,
      today: line.today,
    }),
  };
  return [
    ...(heard ? [{ ...common, pass: Pass.HEARD, heard, draft: '' }] : []),
    ...(line.draft.trim() === '' ? [] : [{ ...common, pass: Pass.DRAFT, heard, draft: line.draft }]),
  ];
}

function utteranceOf(line: RequestLine): Utterance {
  const heard = line.heard ?? '';
  const mean = line.words.reduce((sum, { confidence }) => sum + confidence, 0) / line.words.length;
  return Utterance.fromPartial({
    utteranceId: String(line.id),
    text: heard,
    words: line.words,
    // An alternative without a probability is taken as half as likely as the one before.
    alternatives: line.alternatives.map((other, index) =>
      typeof other === 'string' ? { text: other, confidence: 0.5 ** (index + 1) } : other,
    ),
    confidence: line.words.length === 0 ? 1 : mean,
  });
}

function patientOf(line: RequestLine): Patient {
  return Patient.fromPartial(line.patient ?? {});
}
