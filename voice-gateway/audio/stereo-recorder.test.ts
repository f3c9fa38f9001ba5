import { mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { FRAME_SAMPLES } from './frame.js';
import { StereoRecorder } from './stereo-recorder.js';
import { WAV_HEADER_BYTES } from './wav.js';

const path = async (): Promise<string> =>
  join(await mkdtemp(join(tmpdir(), 'asterism-recording-')), 'calls', 'call.wav');
const frame = (value: number): Float32Array => new Float32Array(FRAME_SAMPLES).fill(value);

interface Recorded {
  dataBytes: number;
  left: (ms: number) => number;
  right: (ms: number) => number;
}

async function read(file: string): Promise<Recorded> {
  const bytes = await readFile(file);
  const at = (ms: number, channel: number): number =>
    bytes.readInt16LE(WAV_HEADER_BYTES + 4 * Math.round(ms * 16) + 2 * channel) / 32_768;
  expect(bytes.toString('ascii', 0, 4)).toBe('RIFF');
  expect(bytes.readUInt16LE(22)).toBe(2);
  expect(bytes.readUInt32LE(4)).toBe(bytes.readUInt32LE(40) + 36);
  return { dataBytes: bytes.readUInt32LE(40), left: (ms) => at(ms, 0), right: (ms) => at(ms, 1) };
}

describe('the recording of a call', () => {
  it('places both sides by media time and fills gaps with silence', async () => {
    const file = await path();
    const recorder = await StereoRecorder.create(file);
    for (let ms = 0; ms < 8_000; ms += 20) {
      if (ms < 1_000 || ms >= 3_000) recorder.append('left', frame(0.25), ms);
      if (ms >= 5_000) recorder.append('right', frame(-0.5), ms);
    }
    expect(await recorder.close()).toEqual({ durationMs: 8_000, lostMs: 0 });
    const recorded = await read(file);
    expect(recorded.dataBytes).toBe(8_000 * 16 * 4);
    expect([0, 999, 1_000, 2_999, 3_000, 7_999].map(recorded.left)).toEqual([0.25, 0.25, 0, 0, 0.25, 0.25]);
    expect([0, 4_999, 5_000, 7_999].map(recorded.right)).toEqual([0, 0, -0.5, -0.5]);
  });

  it('is a valid file while the call goes on, as after a crash', async () => {
    const file = await path();
    const recorder = await StereoRecorder.create(file);
    expect((await read(file)).dataBytes).toBe(0);
    for (let ms = 0; ms < 10_000; ms += 20) recorder.append('left', frame(0.25), ms);
    await new Promise((resolve) => setTimeout(resolve, 100));
    const recorded = await read(file);
    expect(recorded.dataBytes).toBeGreaterThanOrEqual(7_000 * 64);
    expect(recorded.left(6_999)).toBe(0.25);
    await recorder.close();
  });

  it('survives a leap of minutes, audio that is far too late, and nonsense times', async () => {
    const file = await path();
    const recorder = await StereoRecorder.create(file);
    recorder.append('left', frame(0.25), 0);
    recorder.append('left', frame(0.5), 300_000);
    recorder.append('right', frame(0.5), 100); // written five minutes ago
    for (const ms of [NaN, -20, Infinity, 1e15]) recorder.append('right', frame(1), ms);
    expect(await recorder.close()).toEqual({ durationMs: 300_020, lostMs: 20 });
    const recorded = await read(file);
    expect([recorded.left(10), recorded.left(150_000), recorded.left(300_010), recorded.right(110)]).toEqual([
      0.25, 0, 0.5, 0,
    ]);
  });

  it('takes whole sentences longer than its window at once', async () => {
    const file = await path();
    const recorder = await StereoRecorder.create(file);
    recorder.append('right', new Float32Array(30 * 16_000).fill(0.5), 500);
    expect(await recorder.close()).toEqual({ durationMs: 30_500, lostMs: 0 });
    const recorded = await read(file);
    expect([499, 500, 15_000, 30_499].map(recorded.right)).toEqual([0, 0.5, 0.5, 0.5]);
  });

  it('is closed once and ignores what comes later', async () => {
    const file = await path();
    const recorder = await StereoRecorder.create(file);
    recorder.append('left', frame(0.25), 0);
    const summary = await recorder.close();
    recorder.append('left', frame(0.25), 20);
    expect(await recorder.close()).toEqual(summary);
    expect((await read(file)).dataBytes).toBe(320 * 4);
  });
});
