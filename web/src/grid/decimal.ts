// Exact decimals as whole numbers of the smallest unit. No floating point anywhere near a figure that is reported.

// At most 18 digits, so that the server holds every value in 64 bits.
export const largest = 999_999_999_999_999_999n;
export const fits = (units: bigint): boolean => units <= largest && units >= -largest;

const power = (decimals: number): bigint => 10n ** BigInt(decimals);

// "12.5" with two decimals is 1250n. Null when it is not a plain decimal, has more decimals, or is too large.
export function parseUnits(text: string, decimals: number): bigint | null {
  const found = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text);
  if (!found) return null;
  const [, sign, whole = '', fraction = ''] = found;
  if (fraction.length > decimals) return null;
  const units = BigInt(whole) * power(decimals) + BigInt(fraction.padEnd(decimals, '0') || '0');
  if (!fits(units)) return null;
  return sign ? -units : units;
}

export function formatUnits(units: bigint, decimals: number): string {
  const digits = (units < 0n ? -units : units).toString().padStart(decimals + 1, '0');
  const point = digits.length - decimals;
  const text = decimals === 0 ? digits : `${digits.slice(0, point)}.${digits.slice(point)}`;
  return units < 0n ? `-${text}` : text;
}

// Rounds half away from zero, as 四舍五入 does on paper. The divisor is not zero.
export function divideRounded(dividend: bigint, divisor: bigint): bigint {
  const negative = dividend < 0n !== divisor < 0n;
  const above = dividend < 0n ? -dividend : dividend;
  const below = divisor < 0n ? -divisor : divisor;
  const rounded = (above * 2n + below) / (below * 2n);
  return negative ? -rounded : rounded;
}

export const multiplyUnits = (a: bigint, b: bigint, decimals: number): bigint => divideRounded(a * b, power(decimals));
export const divideUnits = (a: bigint, b: bigint, decimals: number): bigint => divideRounded(a * power(decimals), b);

// Percentage in tenths: 48 of 49 is 980n, that is 98.0.
export const rateInTenths = (part: bigint, whole: bigint): bigint => divideRounded(part * 1000n, whole);

// Tenths as units of a value with the given decimals.
export function fromTenths(tenths: bigint, decimals: number): bigint {
  return decimals >= 1 ? tenths * power(decimals - 1) : divideRounded(tenths, 10n);
}

// "1234567.50" as "1,234,567.50", for reading only.
export function withSeparators(text: string): string {
  const [whole = '', fraction] = text.split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  return fraction === undefined ? grouped : `${grouped}.${fraction}`;
}
