import { randomUUID } from 'node:crypto'
import { Registry } from 'prom-client'
import { systemClock } from '../../platform/clock.ts'
import { openDatabase } from '../../platform/database.ts'
import { localDoorbells } from '../../platform/doorbells.ts'
import { silentLog } from '../../platform/log.ts'
import { createEngine } from '../index.ts'
import { familyTasks } from './family-tasks.ts'
import { operator } from './principals.ts'

/**
 * A hub's engine as a process of its own, to be killed: `node hub-process.ts <database url> [caller]`. Says `working` when it
 * works. With `caller` it signals a recorder of its own, number after number, and says `taken <recorder> <number>` each time
 * the engine says that it was.
 */
const [url = '', caller] = process.argv.slice(2)
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
for (const [name, task] of Object.entries(familyTasks(database))) engine.registerTask(name, task)
await engine.start()
process.stdout.write('working\n')
if (caller !== undefined) {
  const own = `own-${randomUUID()}`
  for (let n = 0; ; n++) {
    const note = { to: `model:recorder/${own}`, id: `n${n}`, type: 'note', args: { n }, create: {} }
    const { outcome } = await engine.signal(note)
    if (outcome === 'fired') process.stdout.write(`taken ${own} ${n}\n`)
  }
}
