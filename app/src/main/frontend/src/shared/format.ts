/** Numbers as a person would write them. Null and what is not finite are a dash. */

export const UNKNOWN = '–';
const NARROW_SPACE = '\u202f';
const MINUS = '−';

type MaybeNumber = number | null | undefined;

function known(value: MaybeNumber): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}

function withDecimals(value: number, decimals: number): string {
  const text = Math.abs(value).toLocaleString('en-US', { minimumFractionDigits: decimals, maximumFractionDigits: decimals });
  const isZero = !/[1-9]/.test(text);
  return value < 0 && !isZero ? MINUS + text : text;
}

const SUPERSCRIPTS: Record<string, string> = {
  '-': '⁻', '0': '⁰', '1': '¹', '2': '²', '3': '³', '4': '⁴', '5': '⁵', '6': '⁶', '7': '⁷', '8': '⁸', '9': '⁹',
};

function scientific(value: number, digits: number): string {
  const [mantissa, exponent] = value.toExponential(digits - 1).split('e') as [string, string];
  const power = String(Number(exponent)).replace(/[-0-9]/g, (character) => SUPERSCRIPTS[character] ?? '');
  return `${withTrimmedZeros(mantissa).replace('-', MINUS)} × 10${power}`;
}

function withTrimmedZeros(text: string): string {
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text;
}

/** Three significant digits, whole numbers whole, thousands separated: 0.0123, 0.230, 12.3, 12,346, 1.23 × 10⁻⁷; exactly 2.5 is 2.5. */
export function formatNumber(value: MaybeNumber, digits = 3): string {
  if (!known(value)) {
    return UNKNOWN;
  }
  if (value === 0) {
    return '0';
  }
  const size = Math.abs(value);
  if (size < 1e-4 || size >= 1e9) {
    return scientific(value, digits);
  }
  const decimals = Math.max(0, digits - 1 - Math.floor(Math.log10(Number(size.toPrecision(digits)))));
  const text = withDecimals(value, decimals);
  return Number(value.toFixed(decimals)) === value ? withTrimmedZeros(text) : text;
}

/** A number at an axis: as formatNumber, without zeros at the end. */
export function formatTick(value: number): string {
  const text = formatNumber(value);
  return text.includes('×') ? text : withTrimmedZeros(text);
}

/** A share at an axis: 40 %, 2.5 %. */
export function formatShareTick(value: number): string {
  return formatShare(value).replace(/\.0(?=\D)/, '');
}

/** As formatNumber, with a plus sign in front of positive numbers. */
export function formatSigned(value: MaybeNumber, digits = 3): string {
  return known(value) && value > 0 ? '+' + formatNumber(value, digits) : formatNumber(value, digits);
}

/** A whole number: 12,345. */
export function formatCount(value: MaybeNumber): string {
  return known(value) ? withDecimals(Math.round(value), 0) : UNKNOWN;
}

/** A share as a percentage with one decimal: 0.604 is 60.4 %. What is not nothing is never shown as 0.0 %. */
export function formatShare(value: MaybeNumber): string {
  if (!known(value)) {
    return UNKNOWN;
  }
  const percent = value * 100;
  if (percent !== 0 && Math.abs(percent) < 0.05) {
    return `< 0.1${NARROW_SPACE}%`;
  }
  if (percent !== 100 && Math.abs(percent) < 100 && Math.abs(percent) >= 99.95) {
    return `> 99.9${NARROW_SPACE}%`;
  }
  const decimals = percent === 0 || percent === 100 ? 0 : 1;
  return withDecimals(percent, decimals) + NARROW_SPACE + '%';
}

/** A probability with three decimals; what is not certain is never shown as 0 or 1. */
export function formatProbability(value: MaybeNumber): string {
  if (!known(value)) {
    return UNKNOWN;
  }
  if (value > 0 && value < 0.001) {
    return '< 0.001';
  }
  if (value < 1 && value > 0.999) {
    return '> 0.999';
  }
  return withDecimals(value, value === 0 || value === 1 ? 0 : 3);
}

/** As many decimals as the width of the interval supports: two digits of half the width. */
export function decimalsOfInterval(low: number, high: number): number {
  const half = (high - low) / 2;
  if (!(half > 0)) {
    return 3;
  }
  return Math.min(6, Math.max(0, 1 - Math.floor(Math.log10(half))));
}

/** A value with its interval, all with the same number of decimals: 0.880 (0.851 to 0.905). */
export function formatInterval(interval: { value: number; low: number; high: number } | null | undefined): string {
  if (!interval || !known(interval.value)) {
    return UNKNOWN;
  }
  if (!known(interval.low) || !known(interval.high)) {
    return formatNumber(interval.value);
  }
  const decimals = decimalsOfInterval(interval.low, interval.high);
  const [value, low, high] = [interval.value, interval.low, interval.high].map((number) => withDecimals(number, decimals));
  return `${value} (${low} to ${high})`;
}

/** As formatInterval, in per cent with one decimal: 88.2 (85.4 to 90.8) %. */
export function formatShareInterval(interval: { value: number; low: number; high: number } | null | undefined): string {
  if (!interval || !known(interval.value)) {
    return UNKNOWN;
  }
  const [value, low, high] = [interval.value, interval.low, interval.high].map((share) => withDecimals(share * 100, 1));
  return `${value}${NARROW_SPACE}% (${low} to ${high})`;
}

/** A difference of percentages, in percentage points: −0.198 is −19.8 points. */
export function formatPoints(value: MaybeNumber): string {
  if (!known(value)) {
    return UNKNOWN;
  }
  const isTiny = value !== 0 && Math.abs(value) < 0.0005;
  return isTiny ? '< 0.1 points' : `${withDecimals(value * 100, 1)} points`;
}

/** As formatPoints, with the interval: −19.8 (−22.1 to −17.5) points. */
export function formatPointsInterval(interval: { value: number; low: number; high: number } | null | undefined): string {
  if (!interval || !known(interval.value)) {
    return UNKNOWN;
  }
  const [value, low, high] = [interval.value, interval.low, interval.high].map((share) => withDecimals(share * 100, 1));
  return `${value} (${low} to ${high}) points`;
}

/** Seconds as 0.8 s, 12 s, 3 min 20 s, 2 h 5 min. */
export function formatDuration(seconds: MaybeNumber): string {
  if (!known(seconds)) {
    return UNKNOWN;
  }
  if (seconds < 9.95) {
    return `${withDecimals(seconds, seconds < 0.095 ? 2 : 1)}${NARROW_SPACE}s`;
  }
  const whole = Math.round(seconds);
  if (whole < 60) {
    return `${whole}${NARROW_SPACE}s`;
  }
  const minutes = Math.floor(whole / 60);
  if (minutes < 60) {
    return `${minutes}${NARROW_SPACE}min` + (whole % 60 === 0 ? '' : ` ${whole % 60}${NARROW_SPACE}s`);
  }
  const restMinutes = Math.round((whole % 3600) / 60) % 60;
  const hours = Math.floor((whole + 30) / 3600);
  return `${withDecimals(hours, 0)}${NARROW_SPACE}h` + (restMinutes === 0 ? '' : ` ${restMinutes}${NARROW_SPACE}min`);
}

/** Bytes as 512 bytes, 12.3 kB, 4.56 MB. */
export function formatBytes(bytes: MaybeNumber): string {
  if (!known(bytes)) {
    return UNKNOWN;
  }
  if (bytes < 1000) {
    return bytes === 1 ? '1 byte' : `${bytes} bytes`;
  }
  const units = ['kB', 'MB', 'GB', 'TB'];
  let size = bytes / 1000;
  let unit = 0;
  while (size >= 999.5 && unit < units.length - 1) {
    size /= 1000;
    unit++;
  }
  return `${formatNumber(size)} ${units[unit]}`;
}

/** "1 row", "12 rows". */
export function plural(count: number, one: string, many: string = one + 's'): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`;
}

/** A sentence as it came, its percentages kept in one piece and its first letter large. */
export function sentence(text: string): string {
  return capitalised(text.replace(/(\d) %/g, `$1${NARROW_SPACE}%`));
}

/** A name as a title can hold it: a long one is cut, an empty one is said to be empty. */
export function brief(name: string, most = 48): string {
  if (name.trim() === '') {
    return '(empty)';
  }
  return name.length <= most ? name : name.slice(0, most - 1) + '…';
}

/** The first letter large. */
export function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** The first letter small, for the middle of a sentence; abbreviations stay: accuracy, RMSE, R². */
export function uncapitalised(text: string): string {
  return /^\p{Lu}\p{Ll}/u.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text;
}

/** "a", "a and b", "a, b and c". */
export function listed(parts: string[]): string {
  if (parts.length < 2) {
    return parts.join('');
  }
  return `${parts.slice(0, -1).join(', ')} and ${parts[parts.length - 1]}`;
}
