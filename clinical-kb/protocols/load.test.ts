import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse, stringify } from 'yaml';
import { loadProtocols, loadWording, parseProtocol, parseWording, protocolsFolder } from './load.js';

const source = readFileSync(join(protocolsFolder, 'heart-failure-discharge.yaml'), 'utf8');
const wordingSource = readFileSync(join(protocolsFolder, 'wording.yaml'), 'utf8');

type Json = Record<string, unknown>;

/** The protocol with one change. */
function changed(change: (protocol: Json, items: Json[]) => void): string {
  const protocol = parse(source) as Json;
  change(protocol, protocol['items'] as Json[]);
  return stringify(protocol);
}

function itemOf(items: Json[], id: string): Json {
  const found = items.find((item) => item['id'] === id);
  if (!found) throw new Error(`no item ${id}`);
  return found;
}

describe('the protocols that come with Asterism', () => {
  it('pass their schema and lint, and say that nobody approved them', () => {
    const protocols = loadProtocols();
    expect(Object.keys(protocols)).toContain('heart-failure-discharge');
    for (const protocol of Object.values(protocols)) {
      expect(protocol.version).toMatch(/^[\d.]+\+[0-9a-f]{8}$/);
      expect(protocol.approval.status).toBe('sample, not clinically approved');
    }
    expect(loadWording().version).toMatch(/\+[0-9a-f]{8}$/);
  });

  it('never call the agent a nurse', () => {
    expect(source + wordingSource).not.toMatch(/\b(?:I am|I'm) (?:a |your )?(?:\w+ )?nurse/i);
  });

  it('speak in short sentences of short words', () => {
    const items = Object.values(loadProtocols()).flatMap(({ items }) => items);
    const sentences = items
      .flatMap(({ ask, clarify }) => [...ask, ...clarify])
      .flatMap((text) => text.split(/(?<=[.!?])\s+/));
    for (const sentence of sentences) expect(sentence.split(/\s+/).length, sentence).toBeLessThanOrEqual(20);
  });
});

describe('a protocol with a mistake is refused, naming the field', () => {
  it.each<[string, (protocol: Json, items: Json[]) => void, RegExp]>([
    [
      'an item that needs an item that comes later',
      (_, items) => {
        itemOf(items, 'breathing')['when'] = { item: 'weight', is: 'none' };
      },
      /PROTOCOL_INVALID: .*items\.1\.when\.item: breathing is never reached/,
    ],
    [
      'an item that needs an answer that can not be given',
      (_, items) => {
        itemOf(items, 'breathing-now')['when'] = { item: 'breathing', is: 'maybe' };
      },
      /items\.2\.when\.is: breathing-now is never reached/,
    ],
    [
      'missing wording',
      (_, items) => {
        delete itemOf(items, 'weight')['confirm'];
      },
      /items\.\d+\.confirm/,
    ],
    [
      'empty wording',
      (_, items) => {
        itemOf(items, 'salt')['ask'] = [];
      },
      /items\.\d+\.ask/,
    ],
    [
      'one clarification only',
      (_, items) => {
        itemOf(items, 'salt')['clarify'] = ['Do you eat less salt?'];
      },
      /items\.\d+\.clarify/,
    ],
    [
      'an unknown slot',
      (_, items) => {
        itemOf(items, 'salt')['ask'] = ['Do you take {medicin}?'];
      },
      /items\.\d+\.ask\.0: unknown slot \{medicin\}/,
    ],
    [
      'a slot of another kind of item',
      (_, items) => {
        itemOf(items, 'salt')['ask'] = ['Do you take {medicine}?'];
      },
      /unknown slot \{medicine\}/,
    ],
    [
      'no approval',
      (protocol) => {
        delete protocol['approval'];
      },
      /approval/,
    ],
    [
      'a source that is not there',
      (_, items) => {
        itemOf(items, 'salt')['cite'] = 'nowhere';
      },
      /items\.\d+\.cite: no source "nowhere"/,
    ],
    [
      'a source that nothing cites',
      (protocol) => {
        (protocol['sources'] as Json)['extra'] = { source: 'A page', written: '2026-11-24' };
      },
      /sources\.extra: nothing cites it/,
    ],
    [
      'an identifier used twice',
      (_, items) => {
        itemOf(items, 'salt')['id'] = 'fluids';
      },
      /is used twice/,
    ],
    [
      'a misspelt field',
      (_, items) => {
        itemOf(items, 'salt')['topik'] = 'salt';
      },
      /topik/,
    ],
  ])('%s', (_, change, message) => {
    expect(() => parseProtocol('test.yaml', changed(change))).toThrow(message);
  });

  it('refuses text that is not YAML', () => {
    expect(() => parseProtocol('test.yaml', 'a: [')).toThrow(
      /PROTOCOL_INVALID: test\.yaml is not valid YAML/,
    );
  });

  it('refuses shared wording with a phrase left out or a slot that it can not fill', () => {
    const without = parse(wordingSource) as { phrases: Json };
    delete without.phrases['robot'];
    expect(() => parseWording('wording.yaml', stringify(without))).toThrow(/phrases\.robot/);
    const strange = parse(wordingSource) as { phrases: Json };
    strange.phrases['nameAsk'] = ['Are you {givenName}?'];
    expect(() => parseWording('wording.yaml', stringify(strange))).toThrow(
      /phrases\.nameAsk\.0: unknown slot \{givenName\}/,
    );
  });
});
