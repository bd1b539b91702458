const dayPattern = /^(\d{4})-(\d{2})-(\d{2})$/;
const instantPattern = /^(\d{4}-\d{2}-\d{2})[Tt ](\d{2}):(\d{2}):(\d{2})(?:\.\d{1,9})?(?:[Zz]|[+-](\d{2}):(\d{2}))$/;
const durationPattern =
  /^P(?=\d|T\d)(?:\d{1,6}Y)?(?:\d{1,6}M)?(?:\d{1,6}W)?(?:\d{1,6}D)?(?:T(?=\d)(?:\d{1,6}H)?(?:\d{1,6}M)?(?:\d{1,6}S)?)?$/;

function isDate(value: string): boolean {
  const [, year, month, day] = dayPattern.exec(value) ?? [];
  if (year === undefined || month === undefined || day === undefined) return false;
  const daysOfMonth = new Date(Date.UTC(Number(year), Number(month), 0)).getUTCDate();
  return Number(month) >= 1 && Number(month) <= 12 && Number(day) >= 1 && Number(day) <= daysOfMonth;
}

function isInstant(value: string): boolean {
  const [, day, hours, minutes, seconds, offsetHours = "0", offsetMinutes = "0"] = instantPattern.exec(value) ?? [];
  if (day === undefined || !isDate(day)) return false;
  return Number(hours) <= 23 && Number(minutes) <= 59 && Number(seconds) <= 59 && Number(offsetHours) <= 23 && Number(offsetMinutes) <= 59;
}

/** String formats of the schemas: real calendar dates, RFC 3339 instants, ISO 8601 durations. The generated validators import these. */
export const formats = {
  date: isDate,
  "date-time": isInstant,
  duration: (value: string): boolean => durationPattern.test(value),
};
