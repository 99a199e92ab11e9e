import { randomBytes } from 'node:crypto'
import type { Clock } from './clock.ts'
import { connect } from './database.ts'
import { localDoorbells, type Bell, type Doorbells } from './doorbells.ts'
import type { Log } from './log.ts'

export interface SharedDoorbells extends Doorbells {
  close(): Promise<void>
}

export interface SharedDoorbellOptions {
  readonly databaseUrl: string
  readonly clock: Clock
  readonly log: Log
}

const channel = 'sutler_bells'
/** Rings within so many milliseconds are one NOTIFY. */
const gathering = 20
const bells: readonly Bell[] = ['engine', 'outputs', 'events', 'webhooks', 'policies', 'roles']

/**
 * Doorbells that other hubs on the same database hear too, on a connection of their own. Notifications are lost while a
 * connection is down, so every bell rings once after each (re)connection. Resolves once this hub hears the others.
 */
export async function sharedDoorbells(options: SharedDoorbellOptions): Promise<SharedDoorbells> {
  const me = randomBytes(4).toString('hex')
  const sql = connect(options.databaseUrl, { max: 1, connection: { application_name: 'sutler doorbells' } })
  const waiting = new Set<Bell>()
  let sending: Promise<unknown> = Promise.resolve()
  const send = (): void => {
    const text = `${me} ${[...waiting].join(' ')}`
    waiting.clear()
    sending = sql.notify(channel, text).catch((error: unknown) => {
      // The others poll: they hear late, and lose nothing.
      options.log.debug({ err: error }, 'other hubs could not be told')
    })
  }
  const local = localDoorbells((bell) => {
    if (waiting.size === 0) options.clock.after(gathering, send)
    waiting.add(bell)
  })
  const heard = (text: string): void => {
    const [sender, ...rung] = text.split(' ')
    if (sender === me) return
    for (const bell of bells) if (rung.includes(bell)) local.heard(bell)
  }
  const listening = await sql.listen(channel, heard, () => bells.forEach((bell) => local.heard(bell)))
  return {
    ring: (bell) => local.ring(bell),
    ringElsewhere: (bell) => local.ringElsewhere(bell),
    listen: (bell, listener) => local.listen(bell, listener),
    async close() {
      await sending
      await listening
        .unlisten()
        .catch((error: unknown) => options.log.debug({ err: error }, 'doorbells were cut already'))
      await sql.end({ timeout: 1 })
    },
  }
}
