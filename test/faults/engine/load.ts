import { setTimeout as pause } from 'node:timers/promises'
import { moves } from './models.ts'
import { answerWithin, instances, Sender, type Sending } from './sender.ts'

/** Senders at once. */
const senders = 6

export interface Load {
  /** Families and clerks that were started. */
  readonly families: number
  readonly clerks: number
  /** Moves of all accounts to their other version that were begun. */
  readonly migrations: number
}

/** Sends of everything to everybody for as long as `going`, and until the last of it is accepted. */
export async function runLoad(sending: Sending, going: () => boolean): Promise<Load> {
  const own = (): Sending => ({ ...sending, random: sending.random.fork() })
  const counts = { families: 0, clerks: 0, migrations: 0 }
  const founder = new Sender('founder', own())
  // Whoever pays an account that is not there yet pays nobody.
  await founder.awaited(instances.map((to) => founder.next(to, 'open')))
  const send = async (name: string): Promise<void> => {
    const sender = new Sender(name, own())
    while (going()) await sender.sendAny()
  }
  await Promise.all([
    ...Array.from({ length: senders }, (_, n) => send(`s${n}`)),
    startFamilies(own(), going, () => counts.families++),
    startClerks(own(), going, () => counts.clerks++),
    migrate(own(), going, () => counts.migrations++),
  ])
  return counts
}

/** A boss that waits for two kids each, and three notes that it is to take afterwards. */
async function startFamilies(sending: Sending, going: () => boolean, count: () => number): Promise<void> {
  const { random } = sending
  const sender = new Sender('parson', sending)
  while (going()) {
    const to = `model:boss/boss${count()}`
    const begin = sender.next(to, 'begin')
    const notes = [0, 1, 2].map((n) => sender.next(to, 'note', { n }))
    if (random.chance(0.5)) await sender.queued([begin, ...notes])
    else {
      await sender.awaited([begin])
      await (random.chance(0.5) ? sender.awaited(notes) : sender.queued(notes))
    }
    await pause(random.whole(50, 200))
  }
}

/** A clerk with three jobs each, and somebody who hurries. */
async function startClerks(sending: Sending, going: () => boolean, count: () => number): Promise<void> {
  const { random } = sending
  const sender = new Sender('customer', sending)
  while (going()) {
    const to = `model:clerk/clerk${count()}`
    const notes = [0, 1, 2].map(() => sender.next(to, 'note'))
    await (random.chance(0.5) ? sender.queued(notes) : sender.awaited(notes))
    if (random.chance(0.5)) await sender.awaited([sender.next(to, 'hurry')])
    await pause(random.whole(20, 100))
  }
}

/** Moves the accounts from one version to the other, whichever they run, and sometimes both ways at once. */
async function migrate(sending: Sending, going: () => boolean, count: () => number): Promise<void> {
  const { random } = sending
  const sender = new Sender('editor', sending)
  while (going()) {
    await pause(random.whole(100, 1_500))
    const move = random.one(moves)
    await sender.insist((hub) => hub.migrate(move, answerWithin))
    count()
  }
}
