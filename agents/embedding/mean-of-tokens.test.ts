import { expect, it } from 'vitest';
import { meanOfTokens } from './mean-of-tokens.js';

it('is the mean over the tokens, of unit length', () => {
  const mean = meanOfTokens(Float32Array.of(1, 2, 5, 6), 2); // mean 3, 4
  expect(mean[0]).toBeCloseTo(0.6);
  expect(mean[1]).toBeCloseTo(0.8);
});
