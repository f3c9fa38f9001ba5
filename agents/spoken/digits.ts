const names = ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine'];

/** A number digit by digit, for reading back: 15 as "one five", 5.9 as "five point nine". */
export function sayDigits(value: number): string {
  return Array.from(String(value), (digit) => names[Number(digit)] ?? 'point').join(' ');
}

const teens = [
  'ten',
  'eleven',
  'twelve',
  'thirteen',
  'fourteen',
  'fifteen',
  'sixteen',
  'seventeen',
  'eighteen',
  'nineteen',
];
const tens = ['', '', 'twenty', 'thirty', 'forty', 'fifty', 'sixty', 'seventy', 'eighty', 'ninety'];

/** A number in words, for reading back: 182 as "one hundred eighty-two"; digits from 1000 on. */
export function sayNumber(value: number): string {
  if (value >= 1000 || value < 0) return String(value);
  const whole = Math.trunc(value);
  const fraction = String(value).split('.')[1];
  const said = [
    ...(whole >= 100 ? [`${names[Math.trunc(whole / 100)] ?? ''} hundred`] : []),
    ...(whole % 100 > 0 || whole === 0 ? [belowHundred(whole % 100)] : []),
  ].join(' ');
  // Digit by digit as it is written: 4.05 is not 4.5.
  const digits = Array.from(fraction ?? '', (digit) => names[Number(digit)] ?? '').join(' ');
  return digits === '' ? said : `${said} point ${digits}`;
}

function belowHundred(value: number): string {
  if (value < 10) return names[value] ?? '';
  if (value < 20) return teens[value - 10] ?? '';
  const ones = value % 10;
  return ones === 0 ? (tens[value / 10] ?? '') : `${tens[Math.trunc(value / 10)] ?? ''}-${names[ones] ?? ''}`;
}
