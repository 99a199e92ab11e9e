import { systemClock } from '../../platform/clock.ts'
import { openDatabase } from '../../platform/database.ts'
import { localDoorbells } from '../../platform/doorbells.ts'
import { silentLog } from '../../platform/log.ts'
import { createEngine } from '../index.ts'
import { operator } from './principals.ts'

/** A hub's engine as a process of its own, to be killed: `node hub-process.ts <database url>`. Says when it works. */
const database = openDatabase(process.argv[2] ?? '', { connections: 2, statementTimeout: 20_000 })
const engine = createEngine({
  database,
  doorbells: localDoorbells(),
  clock: systemClock,
  log: silentLog,
  access: operator,
})
await engine.start()
process.stdout.write('working\n')
