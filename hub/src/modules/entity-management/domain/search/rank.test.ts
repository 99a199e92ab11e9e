import { expect, test } from 'vitest'
import { ranked } from './rank.ts'
import { foldedWords, idBegin, spellings, wantedOf } from './words.ts'

const hit = (id: string, label: string, detail: string | null = null) => ({ id, label, detail, household: null })

test('case, accents and blanks do not matter', () => {
  expect(foldedWords('  MÜLLER \t Élodie\n')).toEqual(['muller', 'elodie'])
  expect(foldedWords('Ｗｉｄｅ')).toEqual(['wide'])
})

test('a short word is looked for where words begin, a longer one inside of them too', () => {
  expect(wantedOf(['tv', 'room'])).toEqual({ begin: [' tv', ' room'], inside: [' tv', 'room'] })
})

test('numbers are looked for as typed, without their marks, and as one when they were typed in groups', () => {
  expect(spellings(['living', 'room'])).toEqual([['living', 'room']])
  expect(spellings(['aa:bb:cc', 'box'])).toEqual([
    ['aa:bb:cc', 'box'],
    ['aabbcc', 'box'],
  ])
  expect(spellings(['aa', 'bb', 'cc'])).toEqual([['aa', 'bb', 'cc'], ['aabbcc']])
  expect(spellings(['спальня-1', 'a-b'])).toEqual([['спальня-1', 'a-b']])
})

test('a serial number that is the same but for its marks is the best hit', () => {
  const hits = [hit('dev-1', 'Box', 'AA:BB:CC:DD'), hit('dev-2', 'Box', 'AA:BB:CC'), hit('dev-3', 'aabbc')]
  expect(ranked([{ kind: 'device', hits }], 'aa-bb-cc', 3)[0]?.hits.map(({ id }) => id)).toEqual([
    'dev-2',
    'dev-1',
    'dev-3',
  ])
})

test('only what an id may begin with is looked for among ids', () => {
  expect(idBegin(' DEV-00 ')).toBe('dev-00')
  expect(idBegin('d')).toBe(null)
  expect(idBegin('living room')).toBe(null)
})

test('what is called exactly so comes first, then what begins so, then words that do, then the rest', () => {
  const hits = [
    hit('dev-4', 'Strada'),
    hit('dev-3', 'Old radio'),
    hit('dev-2', 'Radio, kitchen'),
    hit('dev-1', 'Box', 'RAD'),
    hit('dev-2', 'Radio, kitchen'),
  ]
  const [group] = ranked([{ kind: 'device', hits }], 'rad', 3)
  expect(group).toEqual({ kind: 'device', hits: [hits[3], hits[2], hits[1]], more: true })
})

test('the kind with the best hit comes first, one without hits not at all', () => {
  const groups = ranked(
    [
      { kind: 'device', hits: [hit('dev-1', 'The Müllers’ box')] },
      { kind: 'user', hits: [] },
      { kind: 'household', hits: [hit('hh-1', 'Müller')] },
    ],
    'muller',
    5,
  )
  expect(groups.map(({ kind }) => kind)).toEqual(['household', 'device'])
})
