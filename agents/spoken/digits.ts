const names = ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine'];

/** A number digit by digit, for reading back: 15 as "one five", 5.9 as "five point nine". */
export function sayDigits(value: number): string {
  return Array.from(String(value), (digit) => names[Number(digit)] ?? 'point').join(' ');
}
