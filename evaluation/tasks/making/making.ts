/** A task as it is written to a set's file; the schema is ../task.ts. */
export type TaskJson = Readonly<Record<string, unknown>> & {
  readonly id: string;
  readonly kind: string;
  readonly source: string;
};

/** Puts words into the places of a sentence: fill('I take {drug}.', { drug: 'Advil' }). */
export function fill(sentence: string, words: Readonly<Record<string, string>>): string {
  const filled = sentence.replace(/\{(\w+)\}/g, (place, name: string) => words[name] ?? place);
  return filled.charAt(0).toUpperCase() + filled.slice(1);
}

/** Takes turns through a list, so that neighbouring rows are worded differently; the same at every run. */
export function turn<Item>(items: readonly [Item, ...Item[]], index: number): Item {
  return items[index % items.length] ?? items[0];
}

/** Adults of a telephone programme; the same at every run. */
export function adult(index: number): { readonly age: number; readonly sex: 'female' | 'male' } {
  return { age: 42 + ((index * 7) % 41), sex: index % 2 === 0 ? 'female' : 'male' };
}

/** A number that names a row in its identifier: 7 → 007. */
export function numbered(index: number): string {
  return String(index + 1).padStart(3, '0');
}
