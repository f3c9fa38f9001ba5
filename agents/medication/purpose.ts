const acts =
  /^(helps?|lowers?|treats?|prevents?|slows?|keeps?|controls?|reduces?|relieves?|protects?|thins?|takes?) /i;
const kinds = /(^| )(pill|thinner|medicine|tablet|inhaler|vitamin|supplement|painkiller|antibiotic)$/i;

/**
 * What a medicine is for, as it follows "the one": "for your heart", "to help your heart beat steadily",
 * "that lowers blood pressure". Empty when the chart and the knowledge base say nothing.
 * @param written as charts write it: "for your blood pressure", "to help your heart", "fluid", "Blood thinner."
 */
export function purposePhrase(written: string): string {
  const bare = written
    .trim()
    .replace(/[\s.;,]+$/, '')
    .replace(/^(?:as needed|used|taken|indicated|because of)\s+(?=for |to )/i, '')
    .replace(/^because of /i, 'for ');
  // "HIV" and "GERD" stay as they are.
  const text = bare.replace(/^[A-Z](?=[a-z ])/, (letter) => letter.toLowerCase());
  if (text === '') return '';
  if (/^(for|to|that|which|against) /.test(text)) return text;
  if (acts.test(text) && /s$/.test(text.split(' ')[0] ?? '')) return `that ${text}`;
  if (acts.test(text)) return `to ${text}`;
  if (kinds.test(text)) return `your ${text.replace(/^(?:your|an?|the) /, '')}`;
  return `for ${text}`;
}
