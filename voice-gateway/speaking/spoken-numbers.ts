const DIGITS = ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine'] as const;
const TEENS = 'ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'.split(' ');
const TENS = ['', '', 'twenty', 'thirty', 'forty', 'fifty', 'sixty', 'seventy', 'eighty', 'ninety'];
const DAYS =
  'first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth twenty-first twenty-second twenty-third twenty-fourth twenty-fifth twenty-sixth twenty-seventh twenty-eighth twenty-ninth thirtieth thirty-first'.split(
    ' ',
  );
const MONTHS = 'January February March April May June July August September October November December'.split(
  ' ',
);

/** "911" → "nine one one". Anything that is no digit is dropped. */
export function sayDigits(text: string): string {
  return Array.from(text)
    .map((digit) => DIGITS[Number(digit)])
    .filter((word) => word !== undefined)
    .join(' ');
}

/** 0 to 99 in words. */
export function sayBelowHundred(value: number): string {
  if (value < 10) return DIGITS[value] ?? String(value);
  if (value < 20) return TEENS[value - 10] ?? String(value);
  const ones = value % 10;
  return `${TENS[Math.floor(value / 10)] ?? ''}${ones ? `-${DIGITS[ones] ?? ''}` : ''}`;
}

/** "1958" → "nineteen fifty-eight", "2005" → "two thousand five", "1905" → "nineteen oh five". */
export function sayYear(year: string): string {
  const value = Number(year);
  const century = Math.floor(value / 100);
  const rest = value % 100;
  if (value >= 2000 && value < 2010)
    return rest === 0 ? 'two thousand' : `two thousand ${sayBelowHundred(rest)}`;
  if (rest === 0) return `${sayBelowHundred(century)} hundred`;
  return `${sayBelowHundred(century)} ${rest < 10 ? `oh ${sayBelowHundred(rest)}` : sayBelowHundred(rest)}`;
}

/** A month's name and day, with the year where given: "March fourth, nineteen fifty-eight". */
export function sayMonthDay(month: string, day: string, year?: string): string {
  const ordinal = DAYS[Number(day) - 1] ?? day;
  return `${month} ${ordinal}${year ? `, ${sayYear(year)}` : ''}`;
}

/** A month and a day in figures: 12, 25 → "December twenty-fifth". */
export function sayFigureDate(month: number, day: number): string {
  return `${MONTHS[month - 1] ?? month} ${DAYS[day - 1] ?? day}`;
}

/** A date in figures. Figures that are no date are left as they are, parted by pauses. */
export function sayCalendarDate(year: string, month: string, day: string): string {
  const name = MONTHS[Number(month) - 1];
  if (!name || !DAYS[Number(day) - 1]) return `${month}, ${day}, ${year}`;
  return sayMonthDay(name, day, year);
}

/**
 * "5", "30" → "five thirty"; "8", "05" → "eight oh five"; "8", "00" → "eight".
 * @param alone true where no a.m. or p.m. follows: a full hour is then said with o'clock
 */
export function sayClockTime(hour: string, minute: string, alone = false): string {
  const hours = sayBelowHundred(Number(hour));
  const minutes = Number(minute);
  if (minutes === 0) return alone ? (Number(hour) > 12 ? `${hours} hundred` : `${hours} o'clock`) : hours;
  return `${hours} ${minutes < 10 ? `oh ${sayBelowHundred(minutes)}` : sayBelowHundred(minutes)}`;
}

/** "M-E-T" → "[M], [E], [T]": each letter by its name, with a pause after it. */
export function spellLetters(letters: string): string {
  return Array.from(letters.toUpperCase())
    .filter((letter) => /[A-Z]/.test(letter))
    .map((letter) => `[${letter}]`)
    .join(', ');
}
