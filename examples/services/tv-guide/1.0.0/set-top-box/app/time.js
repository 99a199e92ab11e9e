/** Minutes of the local day, 0 to 1439. */
export function minuteOfDay(date) {
  return date.getHours() * 60 + date.getMinutes()
}

/** 845 → “14:05”; past midnight it starts again. */
export function clockText(minute) {
  const inDay = ((minute % 1440) + 1440) % 1440
  return `${String(Math.floor(inDay / 60)).padStart(2, '0')}:${String(inDay % 60).padStart(2, '0')}`
}

/** 95 → “1 h 35 min”. */
export function lengthText(minutes) {
  const hours = Math.floor(minutes / 60)
  return [hours > 0 ? `${hours} h` : '', minutes % 60 > 0 ? `${minutes % 60} min` : ''].filter(Boolean).join(' ')
}
