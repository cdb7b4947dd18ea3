// A month as a calendar draws it, and steps from one day to another. Days are texts, 2023-05-25; no clock and no time zone is asked.
const dayLong = 86_400_000;
const numberOf = (day: string): number => Date.parse(`${day}T00:00:00Z`) / dayLong;
const textOf = (number: number): string => new Date(number * dayLong).toISOString().slice(0, 10);

export const addDays = (day: string, days: number): string => textOf(numberOf(day) + days);

// The same day of another month, or that month's last one.
export function addMonths(day: string, months: number): string {
  const [year = 0, month = 0, date = 0] = day.split('-').map(Number);
  const last = new Date(Date.UTC(year, month + months, 0));
  return new Date(Date.UTC(last.getUTCFullYear(), last.getUTCMonth(), Math.min(date, last.getUTCDate()))).toISOString().slice(0, 10);
}

// Six weeks from Monday that hold the month of the day.
export function weeksOf(day: string): string[][] {
  const first = numberOf(`${day.slice(0, 7)}-01`);
  const monday = first - ((first + 3) % 7);  // day 0, 1970-01-01, was a Thursday
  return Array.from({ length: 6 }, (_, week) => Array.from({ length: 7 }, (_day, index) => textOf(monday + week * 7 + index)));
}

const steps: Record<string, (day: string) => string> = {
  ArrowLeft: (day) => addDays(day, -1), ArrowRight: (day) => addDays(day, 1), ArrowUp: (day) => addDays(day, -7), ArrowDown: (day) => addDays(day, 7),
  PageUp: (day) => addMonths(day, -1), PageDown: (day) => addMonths(day, 1),
};
export const stepFrom = (day: string, key: string): string | null => steps[key]?.(day) ?? null;
