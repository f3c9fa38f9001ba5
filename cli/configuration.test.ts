import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { packageRoot } from '../platform/package-root.js';
import { readConfiguration, settingNames } from './configuration.js';

describe('the configuration', () => {
  it('works with nothing set', () => {
    const configuration = readConfiguration({});
    expect(configuration).toMatchObject({
      host: '127.0.0.1',
      port: 8080,
      speechModel: 'base',
      maxCalls: 10,
      twilio: {},
    });
    expect(configuration.agentAddresses['medication']).toBe('127.0.0.1:50051');
  });

  it('takes an empty variable for an unset one', () => {
    expect(readConfiguration({ ASTERISM_PORT: '', DATABASE_URL: '' })).toMatchObject({
      port: 8080,
      databaseUrl: undefined,
    });
  });

  it.each([
    ['ASTERISM_PORT', '99999'],
    ['ASTERISM_PORT', 'eighty'],
    ['ASTERISM_SPEECH_MODEL', 'large'],
    ['ASTERISM_MAX_CALLS', '0'],
    ['ASTERISM_PUBLIC_URL', 'not a url'],
    ['ASTERISM_FHIR_URL', 'ftp://ehr.example.org'],
    ['ASTERISM_AGENT_ADDRESSES', 'surgery=127.0.0.1:1'],
    ['ASTERISM_AGENT_ADDRESSES', 'medication'],
  ])('refuses %s=%s and names the setting', (name, value) => {
    expect(() => readConfiguration({ [name]: value })).toThrow(
      new RegExp(`CONFIGURATION_INVALID.*${name}`, 's'),
    );
  });

  it('has every setting on its page', () => {
    const page = readFileSync(join(packageRoot, 'docs', 'configuration.md'), 'utf8');
    for (const name of settingNames) expect(page).toContain(`\`${name}\``);
  });
});
