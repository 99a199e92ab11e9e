import type { Place } from './place.ts'

/**
 * What a command printed, or what the guide says that it prints, without what is another one each time: ids, times, places, the
 * order of rows that are made at once, which devices a preview names first, and, where it is about campaigns, how many devices there are.
 */
export function comparable(text: string, { directory, http }: Place): string {
  const named = text
    .replaceAll(directory, '/tmp/sutler-walk')
    .replaceAll(`127.0.0.1:${http}`, '127.0.0.1:8480')
    .replace(/\b(ord|itm|dlv|dev|hh|cmp|usr)-[0-9a-z]{12,}/g, '$1-…')
    .replace(/\bdec-[0-9a-z]+-[0-9a-z]+/g, 'dec-…')
    .replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, '<time>')
    .replace(/\d\d:\d\d–\d\d:\d\d/g, '<hours>')
    .replace(/\d{4}-\d\d-\d\d \d\d:\d\d/g, '<time>')
    .replace(/^ *\d+\. +/gm, '')
    .replace(/ \(because of [\d, and]+\)/g, '')
    .replace(/^ +dev-.*: does not fit: .*\n/gm, '')
    .replace(/ +/g, ' ')
    .trim()
  const counted = /campaign|devices would get it|WAVE/.test(named)
    ? named.replace(/\(.*\)/g, '(…)').replace(/\d[\d.]*( kB| MB| B)?/g, 'n')
    : named
  return counted.split('\n').toSorted().join('\n')
}
