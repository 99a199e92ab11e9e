import { Registry } from 'prom-client'
import { systemClock } from '../../platform/clock.ts'
import { openDatabase } from '../../platform/database.ts'
import { localDoorbells } from '../../platform/doorbells.ts'
import { silentLog } from '../../platform/log.ts'
import { createEngine } from '../index.ts'
import { operator } from './principals.ts'

/** A hub's engine as a process of its own, to be killed: `node hub-process.ts <database url>`. Says `working` when it works. */
const [url = ''] = process.argv.slice(2)
const database = openDatabase(url, { connections: 4, statementTimeout: 20_000 })
const engine = createEngine({
  database,
  doorbells: localDoorbells(),
  clock: systemClock,
  log: silentLog,
  access: operator,
  metrics: new Registry(),
  retention: { instances: 86_400_000, history: 86_400_000 },
})
await engine.start()
process.stdout.write('working\n')
