/* Scales, ticks and figures of charts. */

export interface Scale {
  /** Place of a value. */
  (value: number): number;
  from: number;
  to: number;
}

/** From values to places, both growing or one falling; values beyond the ends are kept at them. */
export function scale([low, high]: readonly [number, number], [start, end]: readonly [number, number]): Scale {
  const span = high - low;
  const place = (value: number) => start + (span > 0 ? Math.min(1, Math.max(0, (value - low) / span)) : 0) * (end - start);
  return Object.assign(place, { from: low, to: high });
}

/** At most `most` round values (1, 2 or 5 times a power of ten) within the range. */
export function ticks(from: number, to: number, most: number): number[] {
  const raw = (to - from) / most;
  if (!(raw > 0) || !Number.isFinite(raw)) return [];
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = power * ([1, 2, 5, 10].find((one) => one * power >= raw * (1 - 1e-9)) ?? 10);
  const first = Math.ceil(from / step - 1e-9);
  const last = Math.floor(to / step + 1e-9);
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => Number(((first + index) * step).toPrecision(12)));
}

const HOUR = 3_600_000;
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** At most `most` instants (milliseconds) on whole hours, days or weeks of UTC, with the words for them. */
export function timeTicks(from: number, to: number, most: number): { at: number; text: string }[] {
  const steps = [1, 2, 6, 12, 24, 48, 168, 336, 720, 2160, 8760].map((hours) => hours * HOUR);
  const step = steps.find((one) => (to - from) / one <= most) ?? (to - from) / most;
  if (!(step > 0)) return [];
  const first = Math.ceil(from / step) * step;
  return Array.from({ length: Math.max(0, Math.floor((to - first) / step) + 1) }, (_, index) => {
    const at = first + index * step;
    return { at, text: timeText(at) };
  });
}

/** `16 Nov` at midnight, `16 Nov 06:00` else. */
export function timeText(ms: number): string {
  const time = new Date(ms);
  const clock = time.toISOString().slice(11, 16);
  return `${time.getUTCDate()} ${MONTHS[time.getUTCMonth()]}${clock === "00:00" ? "" : ` ${clock}`}`;
}

/** A figure in three digits at least, thousands set apart: `24.9`, `0.188`, `12 835`; `1.2e9` from `long` on. */
export function figureText(value: number, long = 1e9): string {
  if (Math.abs(value) < 1e-4) return "0";
  if (Math.abs(value) >= long) return value.toExponential(1).replace("+", "");
  const rounded = Math.abs(value) >= 1000 ? Math.round(value) : Number(value.toPrecision(3));
  return Math.abs(rounded) >= 10_000 ? String(rounded).replace(/\B(?=(?:\d{3})+$)/g, " ") : String(rounded);
}
