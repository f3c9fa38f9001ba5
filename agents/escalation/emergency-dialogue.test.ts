import { describe, expect, it } from 'vitest';
import { Utterance } from '../../protos/generated/asterism/v1/hearing.js';
import {
  CallContext,
  Disposition,
  Pass,
  ReviewRequest,
  Verdict,
  type Fact,
  type Review,
  type SpokenTurn,
} from '../../protos/generated/asterism/v1/specialist.js';
import { createEscalation } from './escalation.js';

const escalation = await createEscalation();

/** A call that goes on turn by turn: what was said and found before is in every next look. */
class Call {
  readonly #history: SpokenTurn[] = [];
  readonly #findings: Fact[] = [];
  #asking = false;

  says(text: string): Review {
    const request = ReviewRequest.fromPartial({
      pass: Pass.HEARD,
      heard: Utterance.fromPartial({ text }),
      context: CallContext.fromPartial({
        history: [...this.#history],
        findings: [...this.#findings],
        answeringOwnQuestion: this.#asking,
      }),
    });
    const review = escalation.review(request);
    this.#line('patient', text);
    if (review.say !== '') this.#line('agent', review.say);
    this.#findings.push(...review.facts);
    this.#asking = review.verdict === Verdict.ASK;
    return review;
  }

  get location(): string | undefined {
    return this.#findings.find(({ kind }) => kind === 'location')?.text;
  }

  #line(speaker: string, text: string): void {
    this.#history.push({ speaker, text, turnId: String(this.#history.length) });
  }
}

function callThat(...lines: readonly string[]): { call: Call; last: Review } {
  const call = new Call();
  const reviews = lines.map((line) => call.says(line));
  const last = reviews.at(-1);
  if (!last) throw new TypeError('a call needs a line');
  return { call, last };
}

describe('the instruction', () => {
  it('is to call 911, and asks in the same breath where the caller is', () => {
    const { last } = callThat('I have chest pain');
    expect(last.disposition).toBe(Disposition.CALL_911);
    expect(last.say).toMatch(/hang up and call 911 now\. Where are you right now/);
  });

  it('never puts a question before the number', () => {
    for (const line of [
      'I have chest pain',
      'My husband is not breathing',
      'I want to die and I have a gun',
    ]) {
      const { say } = callThat(line).last;
      expect(say.indexOf('911')).toBeGreaterThan(-1);
      expect(say.indexOf('911')).toBeLessThan(say.indexOf('?'));
    }
  });
});

describe('where the caller is', () => {
  it.each([
    ["I'm at home", 'at home'],
    ['At the grocery store on Main Street', 'At the grocery store on Main Street'],
    ['1420 Maple Avenue apartment three', '1420 Maple Avenue apartment three'],
    ["In my car, I'm on highway 26", 'highway 26'],
    ['My address is 77 Oak Lane', '77 Oak Lane'],
    ["I'm sitting in the kitchen", 'in the kitchen'],
    ['On the corner of Fifth and Main', 'On the corner of Fifth and Main'],
    ["I don't know, some parking lot", 'some parking lot'],
    ["My daughter's house", "My daughter's house"],
  ])('"%s" is kept for whoever takes over', (text, place) => {
    const { call, last } = callThat('I have chest pain', text);
    expect(call.location).toContain(place);
    expect(last.disposition).toBe(Disposition.CALL_911);
    expect(last.say).toContain('call 911 now');
  });

  it.each([
    'I am in a lot of pain',
    'I was at the store when it started',
    "I'm not at home",
    'What do you mean',
    'It hurts so much',
    "I'm in trouble",
  ])('"%s" is no place', (text) => {
    expect(callThat('I have chest pain', text).call.location).toBeUndefined();
  });

  it('is kept when it comes with the emergency itself', () => {
    expect(callThat("I have chest pain and I'm at the bank").call.location).toContain('at the bank');
  });

  it('is no fact while nothing is wrong', () => {
    expect(callThat("I'm at home").call.location).toBeUndefined();
  });

  it('is told once, and not asked for again', () => {
    const { last } = callThat('I have chest pain', 'At home', 'It hurts so much');
    expect(last.say).not.toContain('Where are you');
    expect(last.say).toContain('911');
  });

  it('is asked for again while it is not known', () => {
    expect(callThat('I have chest pain', 'It hurts so much').last.say).toMatch(/Where are you right now/);
  });
});

describe('the next turns', () => {
  it('ask one short thing at a time, with the instruction in every turn', () => {
    const call = new Call();
    const said = ['I have chest pain', 'it hurts', 'oh dear', 'it hurts', 'what was that'].map(
      (line) => call.says(line).say,
    );
    expect(said[1]).toContain('Where are you');
    expect(said[2]).toContain('Is anyone there with you?');
    for (const say of said) {
      expect(say).toContain('911');
      expect(say.split('?').length).toBeLessThanOrEqual(2);
    }
    expect(new Set(said.slice(0, 3)).size).toBe(3);
  });

  it('ask how another person is', () => {
    const { last } = callThat('My husband is having a stroke', 'At home', 'Oh my God');
    expect(last.say).toContain('Are they awake and breathing?');
  });

  it('tell what to do when the other person does not breathe', () => {
    const { last } = callThat('My husband collapsed', 'At home', 'Oh my God', 'No');
    expect(last.say).toMatch(/speaker.*push on the chest/);
  });

  it('do not take yes to "are they awake and breathing?" for a promise to call', () => {
    const { last } = callThat('My husband is having a stroke', 'At home', 'Oh my God', 'Yes');
    expect(last.say).toContain('call 911 now');
  });

  it.each([
    ['Okay I will', 'do not drive yourself'],
    ['Yes, I am at home and I am calling now', 'do not drive yourself'],
    ['The ambulance is on its way', 'help is on the way'],
    ["No, I don't want to", 'it is your choice'],
    ["I can't call, I am alone", 'Is anyone near you'],
  ])('"%s" is answered with "%s"', (text, says) => {
    expect(callThat('I have chest pain', text).last.say).toContain(says);
  });

  it('close differently for another person', () => {
    expect(callThat('My wife is having a seizure', "Okay I'll call").last.say).toContain('stay with them');
    expect(callThat('My wife is having a seizure', 'They are on their way').last.say).toContain(
      'Stay with them',
    );
  });
});

describe('a crisis', () => {
  const crisis = 'I want to end my life';

  it.each(['No', "I don't think so", "No I'm not safe", 'Not really'])(
    '"%s" after "are you safe?" is an emergency',
    (text) => {
      const { last } = callThat(crisis, text);
      expect(last.disposition).toBe(Disposition.CALL_911);
      expect(last.say).toMatch(/call 911 now.*Where are you right now/);
      expect(last.say).not.toMatch(/hang up|goodbye/i);
      expect(last.facts.map(({ subjects }) => subjects[0])).toContain('suicide-imminent');
    },
  );

  it.each(['Yes', 'Yes I am safe', "I'm not going to do anything"])('"%s" stays with the caller', (text) => {
    const { last } = callThat(crisis, text);
    expect(last.disposition).toBe(Disposition.CALL_988);
    expect(last.say).toContain('staying on the line');
  });

  it('asks about means when the answer is not clear, then where and with whom', () => {
    const call = new Call();
    call.says(crisis);
    expect(call.says('I am just so tired').say).toContain('use to hurt yourself?');
    expect(call.says('No').say).toContain('is anyone with you?');
  });

  it('sends to 911 when the means are there', () => {
    const { last } = callThat(crisis, 'I am just so tired', 'Yes');
    expect(last.disposition).toBe(Disposition.CALL_911);
  });

  it('never hangs up on somebody in a crisis', () => {
    const call = new Call();
    for (const line of [crisis, 'hm', 'what', 'I am tired', 'leave me', 'okay']) {
      expect(call.says(line).say).not.toMatch(/hang up|goodbye/i);
    }
  });
});

describe('poison', () => {
  it.each(["I took my wife's pills by mistake", 'I got bleach in my eye', 'I mixed bleach and ammonia'])(
    '"%s" is sent to Poison Help and a nurse',
    (text) => {
      const { last } = callThat(text);
      expect(last.disposition).toBe(Disposition.URGENT_NURSE);
      expect(last.say).toContain('1-800-222-1222');
    },
  );

  it('asks before a double dose is taken for one', () => {
    const { last } = callThat('I took an extra pill by mistake');
    expect(last.verdict).toBe(Verdict.ASK);
    expect(callThat('I took an extra pill by mistake', 'Yes').last.say).toContain('1-800-222-1222');
    expect(callThat('I took an extra pill by mistake', 'No').last.verdict).toBe(Verdict.PASS);
  });
});
