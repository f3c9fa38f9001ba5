import type { Utterance } from '../../protos/generated/asterism/v1/hearing.js';

const place =
  "home|house|apartment|flat|condo|car|truck|van|store|market|grocery|walmart|costco|mall|parking lot|pharmacy|church|work|office|school|park|gym|hotel|motel|restaurant|cafe|diner|bus|train|station|airport|kitchen|bathroom|bedroom|living room|garage|yard|porch|basement|bed|couch|sofa|floor|chair|recliner|street|road|highway|freeway|interstate|exit|nursing home|assisted living|shelter|friend's|neighbor's|daughter's|son's|sister's|mother's|mom's|brother's|clinic|hospital|library|bank|bridge|roof|ledge|farm|trailer|cabin|lake|beach|trail|driveway|upstairs|downstairs|building|avenue|lane";
const street =
  '(?:street|st|avenue|ave|road|rd|drive|dr|lane|ln|court|ct|boulevard|blvd|way|place|circle|highway|parkway|terrace|trail)';
const subject = "(?:i'?m|i am|we'?re|we are|he'?s|he is|she'?s|she is|they'?re|they are|it'?s|it is|this is)";

/** Told without being asked: an address, or "I am at the store". */
const told: readonly RegExp[] = [
  /\b(?:my|the|our|his|her) address is:? (.+)/i,
  /\bi live (?:at|on|in) (.+)/i,
  new RegExp(`\\b(\\d{1,5} (?:[\\w'.]+ ){1,4}?${street}\\b.*)`, 'i'),
  new RegExp(
    `\\b${subject} (?:still |just |right |here |all alone |alone |lying |sitting )*((?:at|in|on|outside|inside|near|by|over at) (?:[\\w']+ ){0,4}?(?:${place})\\b.*)`,
    'i',
  ),
  new RegExp(`\\b${subject} (?:still |just |right |here )*((?:home|upstairs|downstairs|outside)\\b.*)`, 'i'),
];
/** In answer to "where are you right now?" a bare place is enough. */
const answered: readonly RegExp[] = [
  new RegExp(`\\b((?:(?:at|in|on|outside|inside|near|by) )?(?:[\\w']+ ){0,3}?(?:${place})\\b.*)`, 'i'),
  /^(?:um,? |uh,? |well,? |yes,? |okay,? |i'?m |i am |we'?re |we are )*((?:at|in|on|outside|inside|near|corner of) .+)/i,
];
const nowhere =
  /^(?:in|at|on) (?:a lot of |so much |some |terrible |bad |really bad |awful |my |the )*(?:pain|trouble|danger|shock|agony|labor|hurry|tears|risk|rest|least|phone|way|hold|moment|minute|middle|edge|fire|medicine|medication)\b/i;

/**
 * Where the caller says to be, in the caller's own words; undefined when it was not said.
 * @param asked whether the agent's last words asked for it
 */
export function locationIn(heard: Utterance | undefined, asked: boolean): string | undefined {
  const sentences = (heard?.text ?? '').split(/(?<=[.?!;])\s+/);
  for (const pattern of asked ? [...told, ...answered] : told) {
    for (const sentence of sentences) {
      if (
        /\b(?:not|n't|was|were|wasn't|if|when) (?:at|in|on|home)\b|\bask\b|\bsend(?:ing)?\b.*\bhome\b/i.test(
          sentence,
        )
      )
        continue;
      const found = pattern
        .exec(sentence)?.[1]
        ?.trim()
        .replace(/[.?!,;]+$/, '');
      if (found !== undefined && found !== '' && !nowhere.test(found)) return found.slice(0, LONGEST);
    }
  }
  return undefined;
}

/** Characters; more than an address is a story. */
const LONGEST = 120;
