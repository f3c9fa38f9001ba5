import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { AsterismError, errorCodes, messageOf } from './errors.js';
import { packageRoot } from './package-root.js';

describe('the error registry', () => {
  it('agrees with docs/errors.md in both directions', () => {
    const page = readFileSync(join(packageRoot, 'docs', 'errors.md'), 'utf8');
    const documented = [...page.matchAll(/^### ([A-Z_]+)$/gm)].map((match) => match[1]);
    expect([...documented].sort()).toEqual(Object.keys(errorCodes).sort());
  });

  it('puts the code first in every message', () => {
    const error = new AsterismError('CALL_NOT_FOUND', 'no call call-1 in the database');
    expect(error.message).toBe('CALL_NOT_FOUND: no call call-1 in the database');
    expect(messageOf(error)).toBe(error.message);
    expect(messageOf('thrown text')).toBe('thrown text');
  });
});
