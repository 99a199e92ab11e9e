import { expect, it } from 'vitest'
import { databaseOverloaded, databaseUnavailable } from '../../platform/database.ts'
import { errorCode, OutsideError } from '../../platform/errors.ts'
import { CreatedElsewhere } from './finish.ts'
import { troubleOf, type Trouble } from './trouble.ts'

const postgres = (code: string): Error => Object.assign(new Error(code), { code, severity: 'ERROR' })
const printerAway = errorCode('printer-away', 503, 'The printer is away', 'Wait.')

const cases: [string, unknown, Trouble][] = [
  ['a deadlock', postgres('40P01'), 'race'],
  [
    'a serialization failure, as a transaction reports it',
    new OutsideError(databaseOverloaded, '', { cause: postgres('40001') }),
    'race',
  ],
  ['an instance that another hub has just created', new CreatedElsewhere('x'), 'race'],
  ['a connection that is lost', Object.assign(new Error('x'), { code: 'ECONNREFUSED' }), 'database'],
  ['a server that shuts down', postgres('57P01'), 'database'],
  ['a database that is away', new OutsideError(databaseUnavailable, ''), 'database'],
  ['a full disk', postgres('53100'), 'database'],
  ['a transaction without end', new OutsideError(databaseOverloaded, ''), 'database'],
  ['a statement that takes too long', postgres('57014'), 'outside'],
  ['what a task needs being away', new OutsideError(printerAway, ''), 'outside'],
  ['a constraint', postgres('23505'), 'instance'],
  ['a bug', new TypeError('undefined is not a function'), 'instance'],
]

it.each(cases)('%s is judged by who can do something about it', (_, error, trouble) => {
  expect(troubleOf(error)).toBe(trouble)
})
