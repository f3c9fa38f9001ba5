import { createHash, randomBytes } from 'node:crypto';
import type { Clock } from '../platform/clock.js';

const TOKEN_BYTES = 24;

/** A carrier connects within seconds of its webhook; later a token is worth nothing, in milliseconds. */
export const TOKEN_LIFETIME_MS = 60_000;

interface Minted<Grant> {
  readonly grant: Grant;
  readonly cancelExpiry: () => void;
}

/** One-use tokens: each lets one media socket start one call, within its lifetime. */
export class CallTokens<Grant> {
  readonly #clock: Clock;
  readonly #onExpired: (grant: Grant) => void;
  /** By hash, so that the time a look-up takes tells nothing about a token. */
  readonly #minted = new Map<string, Minted<Grant>>();

  /** @param onExpired takes back what an unused token granted */
  constructor(clock: Clock, onExpired: (grant: Grant) => void) {
    this.#clock = clock;
    this.#onExpired = onExpired;
  }

  /** Makes a token for a grant. */
  mint(grant: Grant): string {
    const token = randomBytes(TOKEN_BYTES).toString('base64url');
    const hash = hashOf(token);
    const cancelExpiry = this.#clock.after(TOKEN_LIFETIME_MS, () => {
      this.#minted.delete(hash);
      this.#onExpired(grant);
    });
    this.#minted.set(hash, { grant, cancelExpiry });
    return token;
  }

  /** Gives what the token granted, once; undefined when it is unknown, used or expired. */
  redeem(token: string): Grant | undefined {
    const hash = hashOf(token);
    const minted = this.#minted.get(hash);
    if (!minted) return undefined;
    this.#minted.delete(hash);
    minted.cancelExpiry();
    return minted.grant;
  }

  /** Takes all unused tokens back. */
  close(): void {
    for (const { grant, cancelExpiry } of this.#minted.values()) {
      cancelExpiry();
      this.#onExpired(grant);
    }
    this.#minted.clear();
  }
}

function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('base64');
}
