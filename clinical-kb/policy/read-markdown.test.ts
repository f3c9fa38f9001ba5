import { describe, expect, it } from 'vitest';
import { readMarkdown } from './read-markdown.js';

describe('a Markdown document', () => {
  it('has a head, sections and plain text', () => {
    const { head, sections } = readMarkdown(
      '---\ntitle: A\n---\nBefore.\n\n# One & *two*\n\nSome **bold** [link](http://x.example), `code` &amp; more.\n\n> Quoted.\n\n![picture](x.png)\n\n## Empty\n',
    );
    expect(head).toEqual({ title: 'A' });
    expect(sections).toEqual([
      { heading: '', paragraphs: ['Before.'] },
      { heading: 'One & two', paragraphs: ['Some bold link, code & more.', 'Quoted.'] },
    ]);
  });

  it('reads a list of fragments as one sentence with what leads to it, and other items as they are', () => {
    expect(readMarkdown('Bring:\n\n- a photo ID\n- your card\n').sections[0]?.paragraphs).toEqual([
      'Bring: a photo ID, your card.',
    ]);
    expect(readMarkdown('Rules.\n\n1. Ring first.\n2. Wait.\n').sections[0]?.paragraphs).toEqual([
      'Rules.',
      'Ring first.',
      'Wait.',
    ]);
  });

  it('reads a row of a table as a sentence', () => {
    const table =
      '| visit | copay | due |\n|---|---|---|\n| Clinic | $20 | at check-in |\n| Emergency | $150 | |\n';
    expect(readMarkdown(table).sections[0]?.paragraphs).toEqual([
      'Clinic: copay $20, due at check-in.',
      'Emergency: copay $150.',
    ]);
  });

  it('has no head where there is none', () => {
    expect(readMarkdown('Text with --- inside.').head).toBeUndefined();
  });
});
