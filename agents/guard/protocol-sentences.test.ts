import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadInstructions } from '../../clinical-kb/escalation/instructions.js';
import { loadRedFlags } from '../../clinical-kb/escalation/red-flags.js';
import { loadTaxonomy } from '../../clinical-kb/guard/taxonomy.js';
import { loadNutrition } from '../../clinical-kb/nutrition/load-nutrition.js';
import { loadPrivacySignals } from '../../clinical-kb/privacy/privacy-rules.js';
import { loadProtocols } from '../../clinical-kb/protocols/load.js';
import { packageRoot } from '../../platform/package-root.js';
import { Verdict } from '../../protos/generated/asterism/v1/specialist.js';
import type { AnySpecialist } from '../specialist.js';
import { createGuard } from './guard.js';
import { look } from './test-looks.js';

/** Every sentence in a file of approved wording, whatever its place. */
function sentencesOf(node: unknown): string[] {
  if (typeof node === 'string') return /\s.*[.?]$/.test(node) ? [node] : [];
  return typeof node === 'object' && node !== null ? Object.values(node).flatMap(sentencesOf) : [];
}

const yaml = (path: string): unknown => parse(readFileSync(join(packageRoot, path), 'utf8'));
const [instructions, flags, privacy, nutrition, taxonomy] = await Promise.all([
  loadInstructions(),
  loadRedFlags(),
  loadPrivacySignals(),
  loadNutrition(),
  loadTaxonomy(),
]);

const approved: Readonly<Record<string, readonly string[]>> = {
  protocols: Object.values(loadProtocols()).flatMap(sentencesOf),
  'shared phrases': sentencesOf(yaml('clinical-kb/protocols/wording.yaml')),
  'emergency instructions': Object.values(instructions.data),
  'emergency questions': flags.data.rules.map(({ ask }) => ask),
  privacy: [...privacy.data.signals.map(({ say }) => say), ...privacy.data.instead.map(({ text }) => text)],
  nutrition: sentencesOf(nutrition.rules.map(({ say }) => say)),
  guard: [
    taxonomy.data.unchecked,
    ...taxonomy.data.categories.flatMap(({ heard, draft }) =>
      [heard?.say, heard?.again, draft?.say].filter((text) => text !== undefined),
    ),
  ],
};

/** What the specialists that put sentences together say, with their slots filled. */
const made = [
  "Please don't take ibuprofen for now. With heart failure, kidney disease, and your lisinopril and furosemide, it can hurt your kidneys and make you hold water. A nurse will call you today about what you can take for pain, fever, or swelling.",
  "Please don't take any more Tylenol for now. That adds up to about 5000 milligrams of acetaminophen in a day. The most for an adult is 4000. Too much can hurt you even before you feel sick. A nurse will call you right away. You can also call Poison Control at any time, at 1 800 222 1222.",
  "I want a nurse to look at clarithromycin before anything changes. With your simvastatin, it can hurt your muscles. Please don't stop or start a medicine on your own. A nurse will call you today.",
  "That is more Advil than the package says is safe. The package says no more than 1200 milligrams of ibuprofen in 24 hours. Please don't take more than the package says. A nurse will call you today about it.",
  "That sounds like more furosemide than your list says. Your list says 40 mg, once a day. Please don't take extra. A nurse will call you today to go over it.",
  "Thank you for telling me about the metoprolol. Please don't change anything else for now. A nurse will call you today about it.",
  "Thank you for telling me. Please don't take a double dose of warfarin to catch up. I will let a nurse know.",
  'I want to be sure I heard that right. Did you say oxycodone, the one for your pain?',
  "I see Xanax on your list, but I can't advise you on it. A nurse will answer that.",
  "I don't see a conflict between acetaminophen and your list. Follow the package, and take no more than 3000 milligrams in 24 hours. A nurse can confirm that for you.",
  'That is five pounds more than when you left the hospital. Your body may be holding water. A nurse will call you today.',
  'Your blood sugar of 58 is lower than we look for. If you can swallow, have something sweet now, like half a cup of juice, and check it again in 15 minutes. If you feel faint or confused, call 911.',
  'Your potassium of 4.2 is in the range we look for.',
  'I want to be sure I have your blood pressure right. Did you say 150, one five zero, or 115, one one five?',
];

let guard: AnySpecialist;
beforeAll(async () => {
  guard = await createGuard({});
}, 60_000);

describe('approved wording', () => {
  it('is there to be tried', () => {
    expect(Object.values(approved).flat().length).toBeGreaterThan(400);
  });

  describe.each(Object.entries(approved))('of %s', (_, texts) => {
    it.each([...new Set(texts)])('%s', async (text) => {
      expect(await look(guard, 'draft', text)).toMatchObject({ verdict: Verdict.PASS, facts: [] });
    });
  });

  it.each(made)('made by a specialist: %s', async (text) => {
    expect(await look(guard, 'draft', text)).toMatchObject({ verdict: Verdict.PASS, facts: [] });
  });
});

describe('the answers of the demonstration’s patient', () => {
  const { answers } = yaml('evaluation/personas/margaret-ellis.yaml') as { answers: { say: string }[] };

  it.each(answers.map(({ say }) => say))('%s', async (text) => {
    expect(await look(guard, 'heard', text)).toMatchObject({ verdict: Verdict.PASS, facts: [] });
  });
});
