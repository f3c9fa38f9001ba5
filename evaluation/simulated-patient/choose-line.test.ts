import { describe, expect, it } from 'vitest';
import { allLines, chooseAnswer, chooseInterruption, noProgress } from './choose-line.js';
import { personaSchema } from './persona.js';

const persona = personaSchema.parse({
  id: 'test',
  description: 'a test',
  patientId: 'test',
  answers: [
    { when: 'your name', say: 'Ann Lee.' },
    { when: 'weigh', say: 'One eighty.', times: 2 },
  ],
  interruptions: [{ when: 'salt', afterMs: 500, say: 'Wait.' }],
  fallback: ['Pardon?'],
});

describe('the simulated patient', () => {
  it('gives the first answer that fits, as often as it may', () => {
    let progress = noProgress(persona);
    const said: unknown[] = [];
    for (const agentText of [
      'What is YOUR NAME?',
      'What did you weigh?',
      'your name, and weigh?',
      'weigh?',
      'weigh?',
    ]) {
      const chosen = chooseAnswer(persona, progress, agentText);
      progress = chosen.progress;
      said.push(chosen.move);
    }
    expect(said).toEqual([
      { kind: 'say', line: 'Ann Lee.' },
      { kind: 'say', line: 'One eighty.' },
      { kind: 'say', line: 'One eighty.' },
      { kind: 'say', line: 'Pardon?' },
      { kind: 'hang-up' },
    ]);
  });

  it('interrupts a sentence once', () => {
    const first = chooseInterruption(persona, noProgress(persona), 'How much salt do you eat?');
    expect(first).toMatchObject({ line: 'Wait.', afterMs: 500 });
    expect(chooseInterruption(persona, first?.progress ?? noProgress(persona), 'More salt?')).toBeUndefined();
    expect(chooseInterruption(persona, noProgress(persona), 'How are you?')).toBeUndefined();
  });

  it('knows every line that may be said', () => {
    expect(allLines(persona)).toEqual(['Ann Lee.', 'One eighty.', 'Wait.', 'Pardon?']);
  });

  it('refuses a persona with a broken pattern or an unknown field', () => {
    const broken = { ...persona, answers: [{ when: '(', say: 'x' }] };
    expect(personaSchema.safeParse(broken).success).toBe(false);
    expect(
      personaSchema.safeParse({
        ...persona,
        interruptions: [],
        answers: [{ when: 'a', say: 'b' }],
        mood: 'sad',
      }).success,
    ).toBe(false);
  });
});
