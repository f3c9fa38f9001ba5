import { describe, expect, it } from 'vitest';
import { LONGEST_FILL_MS, MediaTimeline, type MediaPiece } from './media-timeline.js';

const piece = (stampMs: number | undefined, chunk?: number): MediaPiece => ({
  stampMs,
  chunk,
  durationMs: 20,
});

/** What becomes of pieces given in order: 'drop', or the silence put before each. */
function run(...pieces: MediaPiece[]): (number | 'drop')[] {
  const timeline = new MediaTimeline();
  return pieces.map((each) => {
    const { accept, silenceMs } = timeline.place(each);
    return accept ? silenceMs : 'drop';
  });
}

describe('media timeline', () => {
  const cases: { name: string; pieces: MediaPiece[]; outcome: (number | 'drop')[] }[] = [
    {
      name: 'takes pieces that follow each other, from any origin of the stamps',
      pieces: [piece(5, 1), piece(25, 2), piece(45, 3)],
      outcome: [0, 0, 0],
    },
    {
      name: 'takes jitter below a frame as no gap',
      pieces: [piece(0, 1), piece(35, 2), piece(41, 3)],
      outcome: [0, 0, 0],
    },
    { name: 'fills a gap of two frames', pieces: [piece(0, 1), piece(60, 4)], outcome: [0, 40] },
    {
      name: 'drops a repeated piece',
      pieces: [piece(0, 1), piece(20, 2), piece(20, 2)],
      outcome: [0, 0, 'drop'],
    },
    {
      name: 'drops a piece that comes after its place was filled',
      pieces: [piece(0, 1), piece(40, 3), piece(20, 2), piece(60, 4)],
      outcome: [0, 20, 'drop', 0],
    },
    {
      name: 'fills at most ten seconds',
      pieces: [piece(0, 1), piece(3_600_000, 2)],
      outcome: [0, LONGEST_FILL_MS],
    },
    {
      name: 'goes on with the new stamps after a jump',
      pieces: [piece(0, 1), piece(3_600_000, 2), piece(3_600_020, 3)],
      outcome: [0, LONGEST_FILL_MS, 0],
    },
    {
      name: 'keeps the audio when the stamps are set back but the numbers run on',
      pieces: [piece(5_000, 1), piece(5_020, 2), piece(0, 3), piece(20, 4)],
      outcome: [0, 0, 0, 0],
    },
    {
      name: 'keeps the audio when every stamp is zero',
      pieces: [piece(0, 1), piece(0, 2), piece(0, 3)],
      outcome: [0, 0, 0],
    },
    { name: 'needs no stamps', pieces: [piece(undefined), piece(undefined)], outcome: [0, 0] },
    {
      name: 'drops repeats by number alone',
      pieces: [piece(undefined, 1), piece(undefined, 1), piece(undefined, 2)],
      outcome: [0, 'drop', 0],
    },
  ];
  it.each(cases)('$name', ({ pieces, outcome }) => {
    expect(run(...pieces)).toEqual(outcome);
  });

  it('takes the past for a new clock after half a second of it, where pieces have no numbers', () => {
    const outcome = run(piece(10_000), ...Array.from({ length: 26 }, (_, index) => piece(index * 20)));
    expect(outcome.slice(1, 26)).toEqual(Array.from({ length: 25 }, () => 'drop'));
    expect(outcome[26]).toBe(0);
  });

  it('counts silence and audio alike as time', () => {
    const timeline = new MediaTimeline();
    timeline.place(piece(0, 1));
    timeline.place(piece(100, 6));
    expect(timeline.positionMs).toBe(120);
  });
});
