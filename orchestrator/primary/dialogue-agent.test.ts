import { describe, expect, it } from 'vitest';
import { AwaitedAnswer } from '../../protos/generated/asterism/v1/hearing.js';
import {
  Disposition,
  Entity,
  Fact,
  Verdict,
  Verification,
  type Review,
} from '../../protos/generated/asterism/v1/specialist.js';
import { ScriptedCall, margaret, review, verifiedCall } from './testing/scripted-call.js';

const uneventful = [
  'Pretty good, thanks.',
  'No, about the same.',
  'No, just one pillow.',
  'No swelling.',
  'No.',
  'No, nothing like that.',
] as const;

/** Words that must not be spoken to anybody whose identity is not established. */
const healthWords =
  /heart|hospital|medicine|lisinopril|furosemide|weight|breath|doctor|nurse|patient|clinic|cardio|discharge|Margaret|Ellis|1954|fifty-four|health(?! for)|symptom|visit/i;

function withoutOrganisation(text: string): string {
  return text.replaceAll('Riverside Community Health', '');
}

describe('a whole call', () => {
  it('goes from the greeting to the end of the protocol', async () => {
    const call = new ScriptedCall();
    const greeting = await call.open();
    expect(greeting).toMatch(/AI assistant calling for Riverside Community Health\. I am not a person\./);
    expect(greeting).toMatch(/okay if I record/);
    expect(await call.patient('Hello. Yes, that is fine.')).toMatch(/first and last name/);
    expect(call.state.recordingConsented).toBe(true);
    expect(await call.patient('Margaret Ellis')).toMatch(/date of birth/);
    expect(await call.patient('March fourth, nineteen fifty-four.')).toMatch(
      /^Thank you, Margaret\. You went home from the hospital two days ago/,
    );
    expect(call.state.verification).toBe(Verification.VERIFIED);

    await call.patient('Pretty good, a little tired.');
    expect(call.said).toMatch(/^Thank you.*breathing/);
    await call.patientLines('No, it is about the same.', 'No, just one pillow.');
    expect(await call.patient('My ankles are a bit puffy.')).toMatch(/let a nurse know today/);
    expect(await call.patientLines('No.', 'No, nothing like that.')).toMatch(/weigh yourself today/);
    expect(await call.patient('One eighty-four this morning.')).toMatch(
      /one hundred eighty-four pounds.*lisinopril/,
    );
    expect(await call.patient('Yes, one in the morning.')).toMatch(
      /^Thank you\. Your list says 10 milligrams, once a day\. .*missed any doses/,
    );
    expect(await call.patient('No problems.')).toMatch(/furosemide/);
    expect(await call.patient('Yeah')).toMatch(/How much/);
    expect(await call.patient('Forty milligrams twice a day')).toMatch(/matches your list/);
    expect(await call.patient('No, I have not missed any.')).toMatch(/without a prescription/);
    expect(await call.patient('Just a vitamin.')).toMatch(/salt/);
    expect(await call.patient('I try to.')).toMatch(/fluid/);
    expect(await call.patient('Yes, two liters.')).toMatch(
      /Dr\. Chen, cardiology on Tuesday, December first, at ten thirty in the morning/,
    );
    expect(await call.patient('Yes, I have it on the calendar.')).toMatch(/way to get there/);
    expect(await call.patient('My daughter will drive me.')).toMatch(
      /two to three pounds.*In your own words/,
    );
    expect(
      await call.patient(
        'If I gain weight, like three pounds, or if my breathing gets worse or my legs swell.',
      ),
    ).toMatch(/questions/);
    const closing = await call.patient('No, I think that is all.');
    expect(closing).toMatch(
      /A nurse will call you.*AI assistant, not a person.*five five five, zero one zero zero.*Goodbye\.$/s,
    );
    expect(call.then).toBe('hang-up completed');

    expect(call.tasks).toEqual(['reports new swelling', 'takes something without a prescription']);
    const open = Object.values(call.state.items).filter(({ status }) => status !== 'done');
    expect(open).toEqual([]);
    expect(call.state.items['weight']?.value).toMatchObject({ pounds: 184 });
    expect(call.state.items['medicine:furosemide']?.value).toMatchObject({
      taking: 'yes',
      matchesChart: 'same',
      problems: 'no',
    });
    expect(call.state.items['feeling']?.evidence).toEqual(['t5']);
  });

  it('is the same every time', async () => {
    const calls = [await verifiedCall(), await verifiedCall()];
    for (const call of calls) await call.patientLines(...uneventful);
    expect(calls[0]?.agentLines).toEqual(calls[1]?.agentLines);
  });

  it('begins every turn with a short sentence', async () => {
    const call = await verifiedCall();
    const firsts: string[] = [];
    for (const line of uneventful) {
      await call.patient(line);
      firsts.push(call.draft?.sentences[0]?.text ?? '');
    }
    for (const first of firsts) expect(first.split(' ').length).toBeLessThanOrEqual(7);
  });
});

describe('before identity is established', () => {
  it('asks both identifiers and offers neither', async () => {
    const call = new ScriptedCall();
    const said = [
      await call.open(),
      await call.patient('yes'),
      await call.patient('who is this'),
      await call.patient('why do you need that'),
    ];
    said.push(await call.patient('is this about my heart?'), await call.patient('Margaret Ellis'));
    for (const text of said) expect(withoutOrganisation(text)).not.toMatch(healthWords);
  });

  it('goes on unrecorded after a no, and records nothing without a clear yes', async () => {
    const refused = new ScriptedCall();
    await refused.open();
    expect(await refused.patient("I'd rather not")).toMatch(/I will not record/);
    expect(refused.events).toContainEqual({ type: 'recording-consent', turnId: 't2', granted: false });
    expect(refused.state.items['identity']?.status).toBe('asked');

    const unclear = new ScriptedCall();
    await unclear.open();
    await unclear.patientLines('the weather is nice', 'oh well the dog', 'bananas');
    expect(unclear.said).toMatch(/I will not record.*first and last name/);
    expect(unclear.state.recordingConsented).toBe(false);
  });

  it('ends without a word about health after two wrong dates of birth, and leaves a task', async () => {
    const call = new ScriptedCall();
    await call.open();
    await call.patientLines('yes', 'Margaret Ellis');
    expect(await call.patient('May first nineteen fifty')).toMatch(/could not match that.*try one more time/);
    await call.patient('Margaret Ellis');
    const end = await call.patient('May first nineteen fifty');
    expect(call.then).toBe('hang-up identity-not-established');
    expect(call.state.verification).toBe(Verification.FAILED);
    expect(end).toMatch(/AI assistant, not a person.*Goodbye\./);
    for (const line of call.agentLines) expect(withoutOrganisation(line)).not.toMatch(healthWords);
    expect(call.tasks).toEqual([expect.stringMatching(/^call back: identity/)]);
  });

  it('fails another name with the right date of birth', async () => {
    const call = new ScriptedCall();
    await call.open();
    await call.patientLines('yes', 'Robert Ellis', 'March 4 1954', 'Robert Ellis', 'March 4 1954');
    expect(call.then).toBe('hang-up identity-not-established');
  });

  it('lets a second try succeed, spelled and slowly', async () => {
    const call = new ScriptedCall();
    await call.open();
    await call.patientLines('yes', 'Marjorie Wallace', 'March 4 1954');
    expect(call.said).toMatch(/try one more time/);
    await call.patientLines('Margaret E L L I S', 'three four fifty four');
    expect(call.state.verification).toBe(Verification.VERIFIED);
  });

  it.each([
    ['Margaret Ellis, March 4th 1954', []],
    ['Margaret', ['Ellis', 'March 4th 1954']],
    ['Margaret Ellis', ['March fourth', 'nineteen fifty-four']],
  ])('puts together identifiers given in other portions: %s', async (first, rest) => {
    const call = new ScriptedCall();
    await call.open();
    await call.patientLines('yes', first, ...rest);
    expect(call.state.verification).toBe(Verification.VERIFIED);
  });

  it('talks to a relative about nothing, and starts again with the patient', async () => {
    const call = new ScriptedCall();
    await call.open();
    expect(await call.patient('this is her husband')).toMatch(/only talk with the person I am calling/);
    expect(await call.patient("Sure, I'll go get her")).toMatch(/I will wait/);
    expect(call.draft?.listening.patience).toBeGreaterThan(2);
    expect(await call.patient('Hello?')).toMatch(/AI assistant.*record/s);
    for (const line of call.agentLines) expect(withoutOrganisation(line)).not.toMatch(healthWords);
  });

  it('ends politely when the patient is not there', async () => {
    const call = new ScriptedCall();
    await call.open();
    await call.patient("She's not home right now");
    expect(call.then).toBe('hang-up not-available');
    expect(call.tasks).toHaveLength(1);
  });

  it('never lets the recogniser hear the date of birth into an answer', async () => {
    const call = new ScriptedCall();
    await call.open();
    await call.patient('yes');
    expect(call.draft?.listening).toMatchObject({
      awaited: AwaitedAnswer.NAME,
      vocabulary: ['Margaret Ellis'],
    });
    await call.patient('Margaret Ellis');
    expect(call.draft?.listening).toMatchObject({ awaited: AwaitedAnswer.DATE, vocabulary: [] });
  });

  it('takes a date of birth by keypad', async () => {
    const call = new ScriptedCall();
    await call.open();
    await call.patientLines('yes', 'Margaret Ellis');
    for (const digit of '03041954') await call.key(digit);
    expect(call.state.verification).toBe(Verification.VERIFIED);
  });
});

describe('numbers that matter', () => {
  const atWeight = async (): Promise<ScriptedCall> => {
    const call = await verifiedCall();
    await call.patientLines(...uneventful);
    return call;
  };

  it('reads back a weight heard with doubt', async () => {
    const call = await atWeight();
    expect(await call.patient('one eighty seven', { confidences: [0.9, 0.4, 0.5] })).toBe(
      'I heard one hundred eighty-seven pounds. Is that right?',
    );
    expect(await call.patient('no, one eighty four')).toMatch(/one hundred eighty-four pounds/);
    expect(call.state.items['weight']?.value).toMatchObject({ pounds: 184 });
  });

  it('reads back a weight far from the chart', async () => {
    const call = await atWeight();
    expect(await call.patient('two eighty seven')).toMatch(/two hundred eighty-seven pounds\. Is that right/);
    await call.patient('no');
    expect(call.said).toMatch(/weigh yourself/);
    await call.patient('one eighty seven');
    expect(call.state.items['weight']).toMatchObject({ status: 'done', value: { pounds: 187 } });
  });

  it('takes a correction after the question has moved on', async () => {
    const call = await atWeight();
    await call.patient('one eighty four');
    expect(await call.patient('Sorry, I meant one eighty seven')).toMatch(
      /Thank you for correcting me.*one hundred eighty-seven pounds.*lisinopril/,
    );
    expect(call.state.items['weight']?.value).toMatchObject({ pounds: 187, corrected: true });
    expect(call.state.items['medicine:lisinopril']?.status).toBe('asked');
  });

  it('accepts that there is no scale, and tells a nurse', async () => {
    const call = await atWeight();
    expect(await call.patient("I don't have a scale")).toMatch(/weigh yourself each morning/);
    expect(call.tasks).toEqual([expect.stringMatching(/did not weigh/)]);
  });

  it('confirms a weight that was mentioned in passing instead of asking for it', async () => {
    const call = await verifiedCall();
    const weight = Entity.fromPartial({
      kind: 'vital',
      name: 'body weight',
      value: 186,
      unit: '[lb_av]',
      confidence: 0.9,
      experiencer: 'patient',
    });
    await call.patient("I'm okay, I was one eighty six this morning", {
      reviews: [review('labs-vitals', Verdict.PASS, '', { entities: [weight] })],
    });
    await call.patientLines(...uneventful.slice(1));
    expect(call.said).toMatch(/I heard one hundred eighty-six pounds\. Is that right\?/);
    await call.patient('yes');
    expect(call.state.items['weight']?.value).toMatchObject({ pounds: 186 });
  });
});

describe('medicines, one by one', () => {
  const atMedicines = async (): Promise<ScriptedCall> => {
    const call = await verifiedCall();
    await call.patientLines(...uneventful, 'one eighty three');
    return call;
  };

  it('reads back a dose that differs from the list, and leaves it to a nurse', async () => {
    const call = await atMedicines();
    await call.patientLines('yes ten milligrams once a day', 'no');
    expect(await call.patient('yes, forty milligrams once a day')).toMatch(
      /I heard 40 milligrams, once a day\. Is that right\?/,
    );
    expect(await call.patient('yes')).toMatch(
      /Your list says 40 milligrams, twice a day\. I will have a nurse check/,
    );
    expect(call.tasks).toEqual([expect.stringMatching(/furosemide differently/)]);
  });

  it('asks why one is not taken, without blame', async () => {
    const call = await atMedicines();
    expect(await call.patient('no')).toMatch(/got in the way/);
    expect(await call.patient('it made me cough')).toMatch(/nurse will call you.*furosemide/);
    expect(call.state.items['medicine:lisinopril']?.value).toMatchObject({
      taking: 'no',
      reason: 'it made me cough',
    });
  });

  it('never calls it a match when the strength was not said', async () => {
    const call = await atMedicines();
    expect(await call.patientLines('yes', 'One tablet, once a day.')).toMatch(
      /^Thank you\. Your list says 10 milligrams, once a day\. /,
    );
    expect(call.said).not.toMatch(/matches|what your list says/);
    expect(call.state.items['medicine:lisinopril']?.value).toMatchObject({
      pieces: 'one pill',
      dose: 'not said',
      frequency: 'once a day',
      matchesChart: 'partial',
    });
  });

  it('never calls it a match when only the strength was said', async () => {
    const call = await atMedicines();
    expect(await call.patient('yes, ten milligrams')).toMatch(/^Thank you\. Your list says 10 milligrams/);
    expect(call.state.items['medicine:lisinopril']?.value).toMatchObject({
      dose: '10 milligrams',
      frequency: 'not said',
    });
  });

  it('reads back two tablets of the strength on the list', async () => {
    const call = await atMedicines();
    expect(await call.patient('yes, two 10 milligram tablets once a day')).toMatch(
      /I heard two pills of 10 milligrams, once a day\. Is that right\?/,
    );
  });

  it('asks a specialist’s question alone, holds the answer, and comes back with it', async () => {
    const call = await atMedicines();
    await call.patientLines('yes once a day', 'no');
    const ask = 'Did you say furosemide, your water pill?';
    expect(
      await call.patient('yes I take my furosemite forty milligrams twice a day', {
        reviews: [review('medication', Verdict.ASK, ask)],
      }),
    ).toBe(ask);
    expect(await call.patient('yes')).toMatch(/list says.*missed doses|matches your list/);
    expect(call.state.items['medicine:furosemide']?.value).toMatchObject({ matchesChart: 'same' });
  });

  it('asks its own question again when the specialist’s was denied', async () => {
    const call = await atMedicines();
    await call.patientLines('yes once a day', 'no');
    await call.patient('I take the fluoxetine', {
      reviews: [review('medication', Verdict.ASK, 'Did you say furosemide?')],
    });
    expect(await call.patient('no')).toMatch(/furosemide/);
    expect(call.state.items['medicine:furosemide']?.status).toBe('asked');
  });

  it('passes on problems', async () => {
    const call = await atMedicines();
    await call.patient('yes once a day');
    expect(await call.patient('yes')).toMatch(/Tell me a little more/);
    expect(await call.patient('I forgot it on Sunday')).toMatch(/pass that on to a nurse/);
    expect(call.tasks).toEqual([expect.stringMatching(/missed doses of or problems with lisinopril/)]);
  });
});

describe('what specialists want said', () => {
  it('speaks the medication specialist’s answer, adds none of its own, and returns to the item', async () => {
    const call = await verifiedCall();
    const say =
      'Ibuprofen can make your body hold water. Please do not take it until a nurse has talked with you.';
    expect(
      await call.patient('Can I take ibuprofen for my back?', {
        reviews: [review('medication', Verdict.SAY, say, { disposition: Disposition.SAME_DAY })],
      }),
    ).toMatch(new RegExp(`^${say} .*feeling`));
    expect(call.said).not.toMatch(/I do not know/);
  });

  it('takes the answer and says what must be said before the next question', async () => {
    const call = await verifiedCall();
    await call.patientLines(...uneventful);
    const gain = 'That is six pounds more than two days ago. A nurse will call you today.';
    const other = 'Please keep taking your water pill as your list says.';
    const said = await call.patient('one eighty eight', {
      reviews: [
        review('medication', Verdict.SAY, other),
        review('labs-vitals', Verdict.SAY, gain, { disposition: Disposition.SAME_DAY }),
      ],
    });
    expect(said).toContain(gain);
    expect(said).toContain(other);
    expect(said.indexOf(other)).toBeLessThan(said.indexOf(gain));
    expect(said).toMatch(/lisinopril/);
    expect(call.state.items['weight']?.value).toMatchObject({ pounds: 188 });
  });

  it('does not know what nobody knows, says so, and gives it to a nurse', async () => {
    const call = await verifiedCall();
    expect(await call.patient('When can I start driving again?')).toMatch(/do not know.*nurse.*feeling/s);
    expect(call.tasks).toEqual(['the patient asks: When can I start driving again?']);
  });

  it('answers a question and takes the answer in the same breath', async () => {
    const call = await verifiedCall();
    await call.patient('Fine thanks. When can I drive?');
    expect(call.said).toMatch(/do not know.*breathing/s);
    expect(call.state.items['feeling']?.status).toBe('done');
  });

  it('comes back to the item in other words after a digression', async () => {
    const call = await verifiedCall();
    await call.patientLines(
      ...uneventful,
      'one eighty three',
      'yes once a day',
      'no',
      'yes twice a day',
      'no',
    );
    expect(call.said).toMatch(/without a prescription\?/);
    const say = 'Please do not take ibuprofen for now. A nurse will call you today.';
    await call.patient('Can I take ibuprofen for my knee?', {
      reviews: [review('medication', Verdict.SAY, say, { disposition: Disposition.SAME_DAY })],
    });
    expect(call.said).toMatch(/Is there anything else you take without a prescription/);
    await call.patient('no');
    expect(call.state.items['over-the-counter']?.value).toMatchObject({ answer: 'no' });
  });

  it('leaves its own words out where the privacy specialist speaks', async () => {
    const call = new ScriptedCall();
    await call.open();
    const say = 'I understand. I will pass on that you do not want these calls. Goodbye.';
    const said = await call.patient('stop calling me', {
      reviews: [review('privacy-compliance', Verdict.SAY, say)],
    });
    expect(said).toMatch(
      /^I understand\. I will pass on that you do not want these calls\. Goodbye\. I'm Asterism, an automated AI assistant/,
    );
    expect(call.then).toBe('hang-up opted-out');
  });

  it('leaves a task when a mild hint promises a nurse', async () => {
    const call = await verifiedCall();
    const hint = 'A nurse will call you about that.';
    await call.patient('Fine. Should I take it at night?', {
      reviews: [review('medication', Verdict.ADVISE, hint)],
    });
    expect(call.said).toContain(hint);
    expect(call.said).not.toMatch(/do not know/);
    expect(call.tasks).toHaveLength(1);
  });

  it('adds a short hint and nothing else', async () => {
    const call = await verifiedCall();
    await call.patient('good', {
      reviews: [review('labs-vitals', Verdict.ADVISE, 'Keep writing down your weight each day.')],
    });
    expect(call.said).toMatch(/Keep writing down your weight each day\. Is your breathing/);
  });

  it('holds what is about health until identity is established', async () => {
    const call = new ScriptedCall();
    await call.open();
    const say = 'Ibuprofen is not safe with your heart failure.';
    await call.patient('yes, can I take ibuprofen?', { reviews: [review('medication', Verdict.SAY, say)] });
    expect(call.said).not.toContain(say);
    await call.patientLines('Margaret Ellis', 'March 4 1954');
    expect(call.said).toContain(say);
  });
});

describe('emergencies', () => {
  const instruction = 'Chest pain can be an emergency. Please hang up and call 911 now.';
  const emergency = review('escalation', Verdict.ESCALATE, instruction, {
    disposition: Disposition.CALL_911,
  });

  it('says the instruction so that it can not be interrupted, and asks for confirmation', async () => {
    const call = await verifiedCall();
    await call.patient('I have crushing chest pain', { reviews: [emergency] });
    expect(call.draft?.sentences[0]).toMatchObject({ text: instruction, interruptible: false });
    expect(call.said).toMatch(/Will you call 911 now\?/);
    expect(call.said).not.toMatch(/feeling/);
    await call.patient('yes I will');
    expect(call.then).toBe('hang-up emergency-911');
  });

  it('repeats it when it is refused, then brings in a nurse', async () => {
    const call = await verifiedCall();
    await call.patient('I have crushing chest pain', { reviews: [emergency] });
    expect(await call.patient("no I don't want to bother them")).toMatch(/This is important/);
    await call.patient('no');
    expect(call.then).toBe('transfer nurse-line');
  });

  it('repeats it into silence', async () => {
    const call = await verifiedCall();
    await call.patient('I have crushing chest pain', { reviews: [emergency] });
    expect(await call.silence()).toMatch(/This is important/);
    await call.silence();
    expect(call.then).toBe('transfer nurse-line');
  });

  it('lets the escalation specialist find out that it was none, and goes on', async () => {
    const call = await verifiedCall();
    await call.patient('I have crushing chest pain', { reviews: [emergency] });
    const ask = 'Are you having chest pain or pressure right now?';
    expect(
      await call.patient('no no, that was last year', { reviews: [review('escalation', Verdict.ASK, ask)] }),
    ).toBe(ask);
    expect(await call.patient('no')).toMatch(/feeling/);
    expect(call.then).toBe('listen');
  });

  const fact = (severity: string): Fact =>
    Fact.fromPartial({ kind: 'symptom', subjects: ['chest-pain'], severity });
  const standDown = (severity: string): Review =>
    review('escalation', Verdict.ESCALATE, 'Thank you for clearing that up. A nurse will call you.', {
      disposition: Disposition.URGENT_NURSE,
      facts: [fact(severity)],
    });

  it('leaves the instruction when the escalation specialist takes the emergency back', async () => {
    const call = await verifiedCall();
    await call.patient('I have crushing chest pain', { reviews: [emergency] });
    await call.patient('no no, that was last year', { reviews: [standDown('none')] });
    expect(call.said).toMatch(/^Thank you for clearing that up/);
    expect(call.said).not.toMatch(/call 911/);
    expect(call.then).toBe('transfer nurse-line');
  });

  it('stays with the instruction when another sign needs a nurse', async () => {
    const call = await verifiedCall();
    await call.patient('I have crushing chest pain', { reviews: [emergency] });
    await call.patient('and I fell', { reviews: [standDown('urgent')] });
    expect(call.said).toMatch(/call 911/);
    expect(call.then).toBe('listen');
  });

  it('asks the escalation specialist’s question even when another verdict won', async () => {
    const call = await verifiedCall();
    await call.patient('I have crushing chest pain', { reviews: [emergency] });
    const ask = 'Are you having chest pain or pressure right now?';
    await call.patient('no, that was last year', {
      reviews: [
        review('escalation', Verdict.ASK, ask),
        review('privacy-compliance', Verdict.BLOCK, 'I need to check who I am talking with.'),
      ],
    });
    expect(call.said).toBe(ask);
  });

  it('asks the escalation specialist’s question before identity, then goes on with identity', async () => {
    const call = new ScriptedCall();
    await call.open();
    const ask = 'Are you having trouble breathing right now?';
    const reviews = [review('escalation', Verdict.ASK, ask)];
    expect(await call.patient('yes, I can not breathe too well', { reviews })).toBe(ask);
    expect(await call.patient('no')).toMatch(/record/);
    expect(call.then).toBe('listen');
  });

  it('does not ask about medicines before identity', async () => {
    const call = new ScriptedCall();
    await call.open();
    const ask = 'Did you say furosemide?';
    await call.patient('yes, I take furosemite', { reviews: [review('medication', Verdict.ASK, ask)] });
    expect(call.said).not.toContain(ask);
  });

  it('speaks the escalation specialist’s own follow-up in place of its own', async () => {
    const call = await verifiedCall();
    const first = review('escalation', Verdict.ESCALATE, 'Please call 911 now. Will you do that now?', {
      disposition: Disposition.CALL_911,
    });
    const going = review('escalation', Verdict.ESCALATE, 'Thank you. Do not drive yourself.', {
      disposition: Disposition.CALL_911,
    });
    expect(await call.patient('my chest is crushed', { reviews: [first] })).toBe(first.say);
    expect(await call.patient('yes I will', { reviews: [going] })).toBe(going.say);
    expect(call.then).toBe('hang-up emergency-911');
  });

  it('hears whether a patient in crisis is safe before a person takes over', async () => {
    const call = await verifiedCall();
    const say = 'I am glad you told me. You can call 988 at any time. Are you safe right now?';
    expect(
      await call.patient('I want to end it all', {
        reviews: [review('escalation', Verdict.ESCALATE, say, { disposition: Disposition.CALL_988 })],
      }),
    ).toBe(say);
    expect(call.then).toBe('listen');
    await call.patient('I think so');
    expect(call.then).toBe('transfer crisis-line');
  });

  it('stays with a patient in crisis and connects a person', async () => {
    const call = await verifiedCall();
    const say = 'I am so sorry you feel this way. You can call or text 988 at any time.';
    await call.patient('I want to end it all', {
      reviews: [review('escalation', Verdict.ESCALATE, say, { disposition: Disposition.CALL_988 })],
    });
    expect(call.draft?.sentences[0]).toMatchObject({ text: say, interruptible: false });
    expect(call.then).toBe('transfer crisis-line');
  });

  it('does not need a specialist for chest pain that is asked about', async () => {
    const call = await verifiedCall();
    await call.patientLines(...uneventful.slice(0, 5), 'yes I did');
    expect(call.said).toMatch(/right now/);
    await call.patient('yes');
    expect(call.said).toMatch(/call 911 now/);
    expect(call.state.disposition).toBe(Disposition.CALL_911);
  });

  it('says a same-day finding and goes on', async () => {
    const call = await verifiedCall();
    const say = 'Thank you for telling me. A nurse will call you today about that.';
    await call.patient('my legs are getting bigger', {
      reviews: [review('escalation', Verdict.ESCALATE, say, { disposition: Disposition.SAME_DAY })],
    });
    expect(call.said).toContain(say);
    expect(call.then).toBe('listen');
    expect(call.said).toMatch(/\?$/);
  });
});

describe('what a patient may do at any time', () => {
  it.each([
    ['can I talk to a real person', 'transfer nurse-line'],
    ['stop calling me', 'hang-up opted-out'],
    ['call me back tomorrow', 'hang-up call-back-requested'],
    ['no hablo ingles', 'hang-up interpreter-needed'],
  ])('%s', async (line, then) => {
    const call = await verifiedCall();
    await call.patient(line);
    expect(call.then).toBe(then);
  });

  it('writes the opt-out into the record', async () => {
    const call = new ScriptedCall();
    await call.open();
    await call.patient('take me off your list');
    expect(call.state.items['opt-out']?.value).toEqual({ optedOut: true });
    expect(call.tasks).toHaveLength(1);
  });

  it('is truthful about what it is, and comes back to the question', async () => {
    const call = await verifiedCall();
    expect(await call.patient('are you a real person?')).toMatch(
      /AI assistant, not a person.*How have you been feeling/s,
    );
  });

  it('repeats once in the same words and then in others', async () => {
    const call = await verifiedCall();
    await call.patient('good');
    const question = 'Is your breathing any harder than when you left the hospital?';
    expect(await call.patient('what?')).toContain(question);
    const again = await call.patient('say that again');
    expect(again).not.toContain(question);
    expect(again).toMatch(/short of breath/);
  });

  it('gives more time when asked to slow down', async () => {
    const call = await verifiedCall();
    const before = call.draft?.listening.patience ?? 0;
    await call.patient('you are talking too fast');
    expect(call.draft?.listening.patience).toBeGreaterThan(before);
  });

  it('gets more specific when it does not understand, then leaves it to a nurse', async () => {
    const call = await verifiedCall();
    await call.patient('good');
    const said = [
      await call.patient('purple'),
      await call.patient('purple monkey'),
      await call.patient('dishwasher'),
    ];
    expect(said[0]).toMatch(/short of breath more easily/);
    expect(said[1]).toMatch(/Please say yes/);
    expect(said[2]).toMatch(/leave that for a nurse.*pillows/);
    expect(call.state.items['breathing']?.status).toBe('deferred');
    expect(call.tasks).toHaveLength(1);
  });

  it('skips what the patient does not want to answer', async () => {
    const call = await verifiedCall();
    await call.patient("I'd rather not say");
    expect(call.said).toMatch(/We can skip that/);
    expect(call.state.items['feeling']?.status).toBe('refused');
  });

  it('offers a person to somebody in distress and goes on if that is wanted', async () => {
    const call = await verifiedCall();
    expect(await call.patient("I'm just so scared")).toMatch(/so sorry.*talk with a person/);
    expect(await call.patient('no, go on')).toMatch(/feeling/);
    await call.patient("I'm just so scared");
    await call.patient('yes please');
    expect(call.then).toBe('transfer nurse-line');
  });

  it('stops talking about health when another person takes the telephone', async () => {
    const call = await verifiedCall();
    const said = await call.patient('hello this is her daughter');
    expect(call.state.verification).toBe(Verification.UNVERIFIED);
    expect(withoutOrganisation(said)).not.toMatch(healthWords);
    await call.patient('yes here she is');
    expect(call.state.recordingConsented).toBe(false);
    await call.patientLines('hello', 'yes', 'Margaret Ellis', 'March 4 1954');
    expect(call.state.recordingConsented).toBe(true);
    expect(call.state.verification).toBe(Verification.VERIFIED);
    expect(call.said).toMatch(/feeling/);
  });
});

describe('silence', () => {
  it('checks, asks in other words, then ends safely', async () => {
    const call = await verifiedCall();
    await call.patient('good');
    expect(await call.silence()).toBe('Are you still there?');
    expect(await call.silence()).toMatch(/short of breath more easily/);
    await call.silence();
    expect(call.then).toBe('hang-up patient-silent');
    expect(call.tasks).toEqual([expect.stringMatching(/did not answer/)]);
  });

  it('does not take "yes, I am here" for the answer', async () => {
    const call = await verifiedCall();
    await call.patient('good');
    await call.silence();
    expect(await call.patient('yes, I am here')).toMatch(/breathing/);
    expect(call.state.items['breathing']?.status).toBe('asked');
  });

  it('goes on when the patient is back', async () => {
    const call = await verifiedCall();
    await call.patient('hold on, let me get a pencil');
    expect(await call.patient('Okay, I have it. Go ahead.')).toBe(
      'How have you been feeling since you came home?',
    );
    await call.patient('hold on a minute');
    await call.patient('I feel good');
    expect(call.state.items['feeling']?.status).toBe('done');
  });

  it('comes back by itself after a long wait', async () => {
    const call = await verifiedCall();
    await call.patient('hold on a second');
    await call.silence();
    await call.silence();
    expect(await call.silence()).toMatch(/feeling/);
    expect(await call.silence()).toBe('Are you still there?');
  });

  it('waits when it was asked to wait', async () => {
    const call = await verifiedCall();
    expect(await call.patient('hold on a second')).toMatch(/I will wait/);
    expect(await call.silence()).toBe('Take your time.');
  });
});

describe('being interrupted', () => {
  it('does not take an answer to a question that was not heard, and returns to it', async () => {
    const call = await verifiedCall();
    await call.patient('good');
    call.cut(0, 6);
    expect(await call.patient('yes')).toMatch(/breathing/);
    expect(call.state.items['breathing']?.status).toBe('asked');
  });

  it('takes an answer to a question that was mostly heard', async () => {
    const call = await verifiedCall();
    await call.patient('good');
    call.cut(1, 45);
    await call.patient('no');
    expect(call.state.items['breathing']?.value).toMatchObject({ answer: 'no' });
  });

  it('says again what must be heard whole', async () => {
    const call = await verifiedCall();
    const say = 'Please do not take ibuprofen until a nurse has talked with you.';
    await call.patient('good, can I take ibuprofen?', { reviews: [review('medication', Verdict.SAY, say)] });
    const before = call.draft?.sentences.findIndex(({ text }) => text === say) ?? 0;
    call.cut(before, 10);
    expect(await call.patient('my back really hurts')).toContain(say);
    await call.patient('no');
    expect(call.said).not.toContain(say);
  });
});

describe('teach-back', () => {
  it('explains what was missed in other words and asks once more, then leaves it to a nurse', async () => {
    const call = await verifiedCall(margaret);
    await call.patientLines(
      ...uneventful,
      'one eighty three',
      'yes once a day',
      'no',
      'yes twice a day',
      'no',
      'no',
      'yes',
      'yes',
      'yes',
      'yes',
    );
    expect(call.draft?.listening.patience).toBe(1.3);
    expect(await call.patient('If I gain weight')).toMatch(/another way.*out of breath.*ankles.*once more/s);
    expect(await call.patient('um, the breathing')).toMatch(/nurse will go over it/);
    expect(call.state.items['teach-back-warning-signs']).toMatchObject({
      status: 'unconfirmed',
      value: { named: 'weight gain, harder breathing' },
    });
    expect(call.tasks.at(-1)).toMatch(/missing: more swelling/);
  });
});
