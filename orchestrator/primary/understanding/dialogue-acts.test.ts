import { describe, expect, it } from 'vitest';
import { actsIn, type DialogueAct } from './dialogue-acts.js';
import { toneOf } from './feelings.js';
import { separateQuestions } from './questions.js';

describe('what an utterance does besides answering', () => {
  it.each<[string, DialogueAct]>([
    ['stop calling me', 'stop-calling'],
    ["please don't call here again", 'stop-calling'],
    ['take me off your list', 'stop-calling'],
    ['can I talk to a real person', 'wants-human'],
    ['let me speak to a nurse please', 'wants-human'],
    ['i want to talk to someone', 'wants-human'],
    ['I need a human', 'wants-human'],
    ['operator', 'wants-human'],
    ['transfer me to a person', 'wants-human'],
    ["you've got the wrong number", 'wrong-person'],
    ["there's nobody here by that name", 'wrong-person'],
    ['this is her husband', 'relative'],
    ["I'm her daughter", 'relative'],
    ["this is margaret's son", 'relative'],
    ["it's his wife", 'relative'],
    ["she's not home right now", 'not-available'],
    ['please leave a message after the tone', 'voicemail'],
    ['he is sleeping', 'not-available'],
    ['no hablo ingles', 'another-language'],
    ['call me back later', 'call-later'],
    ["this isn't a good time", 'call-later'],
    ["I'm driving", 'call-later'],
    ['can you call tomorrow', 'call-later'],
    ['are you a robot', 'asks-robot'],
    ['are you a real person?', 'asks-robot'],
    ['am i talking to a machine', 'asks-robot'],
    ['is this a recording', 'asks-robot'],
    ['who is this', 'asks-who'],
    ["who's calling", 'asks-who'],
    ['what is this about', 'asks-why'],
    ['why do you need that', 'asks-why'],
    ["I'm so scared", 'distress'],
    ['I just can not do this anymore', 'distress'],
    ['say that again', 'repeat'],
    ['could you repeat that please', 'repeat'],
    ["I didn't catch that", 'repeat'],
    ['what?', 'repeat'],
    ['huh', 'repeat'],
    ['pardon me', 'repeat'],
    ['can you slow down', 'slower'],
    ["you're talking too fast", 'slower'],
    ['hold on a second', 'wait'],
    ['let me get my glasses', 'wait'],
    ['what do you mean', 'confused'],
    ["I don't understand", 'confused'],
    ['I would rather not say', 'skip'],
    ['can we skip that', 'skip'],
    ['goodbye', 'goodbye'],
    ['thanks', 'thanks'],
    ['hello?', 'greeting'],
    ['okay', 'backchannel'],
    ['ok, I see', 'backchannel'],
  ])('%s', (text, act) => {
    expect(actsIn(text)).toContain(act);
  });

  it.each<[string, DialogueAct]>([
    ['my husband says I sleep better', 'relative'],
    ['it is my husband who cooks', 'relative'],
    ['I would talk to my doctor about it', 'wants-human'],
    ['I had spanish rice', 'another-language'],
    ['I will write down the message', 'voicemail'],
    ["I'm taking my mother to church", 'relative'],
    ['the nurse called me yesterday', 'wants-human'],
    ['I have an appointment with the doctor', 'wants-human'],
    ['I stopped calling my sister', 'stop-calling'],
    ['I feel better', 'distress'],
    ['I would call you if I gain weight', 'call-later'],
    ['I take one every day', 'repeat'],
    ['what pills should I take', 'repeat'],
    ['I understand', 'confused'],
    ['yes I wait a bit after I stand up', 'goodbye'],
    ['I had to sit down', 'call-later'],
  ])('"%s" is not %s', (text, act) => {
    expect(actsIn(text)).not.toContain(act);
  });
});

describe('a question inside an answer', () => {
  it.each([
    ['Yes I am. Can I take ibuprofen with it?', 'Yes I am.', 'Can I take ibuprofen with it?'],
    ['yes I take it but can i take advil for my back', 'yes I take it', 'but can i take advil for my back'],
    ['What should I do about my diet?', '', 'What should I do about my diet?'],
    ['should I be worried', '', 'should I be worried'],
    ['One eighty seven?', 'One eighty seven?', ''],
    ['I feel fine, you know?', 'I feel fine, you know?', ''],
    ['no questions', 'no questions', ''],
    ['Is it safe to drive', '', 'Is it safe to drive'],
  ])('%s', (text, statement, question) => {
    expect(separateQuestions(text)).toEqual({ statement, question });
  });
});

describe('the tone of an open answer', () => {
  it.each([
    ["I'm doing pretty good", 'good'],
    ['not bad', 'good'],
    ['better than last week, thank you', 'good'],
    ['not so good', 'hard'],
    ["I'm tired all the time", 'hard'],
    ['okay but my feet are swollen', 'mixed'],
    ['pretty good, a little tired', 'mixed'],
    ["I'm not feeling well", 'hard'],
    ['no pain', 'good'],
    ['I went to the store', 'neutral'],
  ] as const)('%s', (text, tone) => {
    expect(toneOf(text)).toBe(tone);
  });
});
