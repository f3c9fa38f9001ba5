/**
 * What a patient says in the measurements: 3 to 6 s each at a natural pace, in the order of a call after
 * discharge. Both sides of a comparison hear the same audio.
 */
export const patientSentences = [
  'Well, I have been feeling a little bit better since I came home from the hospital.',
  'I weighed myself this morning before breakfast and it was one hundred eighty three pounds.',
  'My ankles are about the same as they were last week, maybe a little less swollen now.',
  'I sleep with two pillows, and I usually wake up once or twice during the night.',
  'I take the water pill every morning with my breakfast and I have not missed any of them.',
  'My daughter is coming over on Tuesday to take me to the heart doctor for my appointment.',
  'I try not to put salt on my food, but my son brought home some soup the other day.',
  'I walked to the mailbox and back yesterday without stopping to catch my breath at all.',
] as const;
