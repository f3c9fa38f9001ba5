import { describe, expect, it } from 'vitest';
import { FRAME_SAMPLES } from '../audio/frame.js';
import { CallRecording } from './call-recording.js';

interface Appended {
  side: 'left' | 'right';
  mediaMs: number;
  samples: number;
}

function setUp(): {
  recording: CallRecording;
  appended: Appended[];
  opened: () => number;
  closed: () => number;
} {
  const appended: Appended[] = [];
  let opened = 0;
  let closed = 0;
  const recording = new CallRecording(() => {
    opened++;
    return Promise.resolve({
      append: (side: 'left' | 'right', samples: Float32Array, mediaMs: number) =>
        appended.push({ side, mediaMs, samples: samples.length }),
      close: () => Promise.resolve(closed++),
    });
  });
  return { recording, appended, opened: () => opened, closed: () => closed };
}

const frame = new Float32Array(FRAME_SAMPLES);

describe('the recording of a call', () => {
  it('keeps nothing and opens no file before it is allowed', async () => {
    const { recording, appended, opened } = setUp();
    recording.patient(frame, 0);
    recording.agent(frame, 0);
    await recording.close(20);
    expect([appended, opened()]).toEqual([[], 0]);
  });

  it('writes the patient at once and the agent when it has been played', async () => {
    const { recording, appended } = setUp();
    recording.allow(true);
    await Promise.resolve();
    recording.agent(frame, 100);
    recording.patient(frame, 60);
    expect(appended.map(({ side }) => side)).toEqual(['left']);
    recording.patient(frame, 100);
    expect(appended.slice(1)).toEqual([
      { side: 'left', mediaMs: 100, samples: FRAME_SAMPLES },
      { side: 'right', mediaMs: 100, samples: FRAME_SAMPLES },
    ]);
  });

  it('cuts the agent where it was cut', async () => {
    const { recording, appended } = setUp();
    recording.allow(true);
    await Promise.resolve();
    for (const startMediaMs of [100, 120, 140, 160]) recording.agent(frame, startMediaMs);
    recording.flushed(130);
    recording.patient(frame, 400);
    await recording.close(500);
    expect(appended.filter(({ side }) => side === 'right')).toEqual([
      { side: 'right', mediaMs: 100, samples: FRAME_SAMPLES },
      { side: 'right', mediaMs: 120, samples: FRAME_SAMPLES / 2 },
    ]);
  });

  it('stops when it is forbidden, and goes on in the same file when allowed again', async () => {
    const { recording, appended, opened, closed } = setUp();
    recording.allow(true);
    await Promise.resolve();
    recording.patient(frame, 0);
    recording.allow(false);
    recording.patient(frame, 20);
    recording.agent(frame, 20);
    recording.allow(true);
    recording.patient(frame, 40);
    await recording.close(60);
    await recording.close(60);
    expect(appended.map(({ mediaMs }) => mediaMs)).toEqual([0, 40]);
    expect([opened(), closed()]).toEqual([1, 1]);
  });

  it('does not end the call when the file cannot be created', async () => {
    const recording = new CallRecording(() => Promise.reject(new Error('disk full')));
    recording.allow(true);
    recording.patient(frame, 0);
    await expect(recording.close(20)).resolves.toBeUndefined();
  });
});
