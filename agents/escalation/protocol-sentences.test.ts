import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { loadProtocols } from '../../clinical-kb/protocols/load.js';
import { packageRoot } from '../../platform/package-root.js';
import { Utterance } from '../../protos/generated/asterism/v1/hearing.js';
import { Pass, ReviewRequest, Verdict, type Review } from '../../protos/generated/asterism/v1/specialist.js';
import { createEscalation } from './escalation.js';

const escalation = await createEscalation();

/** Everything in a protocol that could be spoken: every text of more than three words. */
function sentencesIn(node: unknown): string[] {
  if (typeof node === 'string') return node.split(' ').length > 3 ? [node] : [];
  if (typeof node !== 'object' || node === null) return [];
  return Object.values(node).flatMap(sentencesIn);
}

function draft(text: string): Review {
  return escalation.review(
    ReviewRequest.fromPartial({
      pass: Pass.DRAFT,
      draft: text,
      heard: Utterance.fromPartial({ text: 'okay' }),
      context: {},
    }),
  );
}

function hear(text: string): Review {
  return escalation.review(
    ReviewRequest.fromPartial({ pass: Pass.HEARD, heard: Utterance.fromPartial({ text }), context: {} }),
  );
}

describe('the sentences of the care protocols', () => {
  const sentences = [
    ...new Set([
      ...sentencesIn(loadProtocols()),
      ...sentencesIn(
        parse(readFileSync(join(packageRoot, 'clinical-kb/protocols/wording.yaml'), 'utf8')) as unknown,
      ),
    ]),
  ];

  it('are there to be tried', () => {
    expect(sentences.length).toBeGreaterThan(100);
  });

  it.each(sentences)('%s', (sentence) => {
    expect(draft(sentence).verdict).toBe(Verdict.PASS);
  });
});

describe('what the patient of the demo call says', () => {
  const persona = parse(
    readFileSync(join(packageRoot, 'evaluation/personas/margaret-ellis.yaml'), 'utf8'),
  ) as { answers: { say: string; when: string }[] };
  const answers = persona.answers.filter(({ when }) => !when.includes('in your own words'));

  it.each(answers.map(({ say }) => say))('"%s" raises no alarm', (say) => {
    expect(hear(say).verdict).toBe(Verdict.PASS);
  });
});
