import { runAgent } from '../../core/agent.ts'
import { AgentError, reasonOf } from '../../core/errors.ts'
import { readIdentity } from '../../core/identity.ts'
import { Apps } from './apps.ts'
import { AppsLink } from './apps-link.ts'
import { Board } from './board.ts'
import { pageChecks } from './checks.ts'
import { Contents } from './content.ts'
import { DeviceDatabase } from './database.ts'
import { BrowserFiles } from './files.ts'
import { browserPlatform } from './index.ts'
import type { FromWorker, ToWorker } from './view.ts'

/** The device itself: the agent in a worker of its page. One at a time in a browser, whatever tabs are open. */

const scope = globalThis as unknown as DedicatedWorkerGlobalScope
const tell = (message: FromWorker): void => scope.postMessage(message, [])
const board = new Board((view) => tell({ t: 'view', view }))
const stop = new AbortController()
let running: Promise<void> = Promise.resolve()
let apps: AppsLink | null = null
/** Called with what the person has decided. */
let decided: (claim: Claim | null) => void = () => undefined

interface Claim {
  readonly claim: string
  readonly serial: string | null
}

scope.addEventListener('message', ({ data }: MessageEvent<ToWorker>) => {
  if (data.t === 'start') running = start(data).catch(fail)
  else if (data.t === 'enrol') decided({ claim: data.claim.trim(), serial: data.serial })
  else if (data.t === 'lasting') board.set({ lasting: data.lasting })
  else if (data.t === 'again') decided(null)
  else if (data.t === 'read') board.set({ notice: null })
  else void erase()
})

async function start(given: Extract<ToWorker, { t: 'start' }>): Promise<void> {
  const link = new AppsLink(given.apps)
  apps = link
  board.set({ lasting: given.lasting })
  const locks = scope.navigator.locks
  const free = await locks.request('sutler-device', { ifAvailable: true }, async (lock) => {
    if (lock !== null) await live(given, link)
    return lock !== null
  })
  if (free) return
  board.set({ phase: 'elsewhere' })
  // Until the other tab is closed; then this one is the device.
  await locks.request('sutler-device', { signal: stop.signal }, () => live(given, link))
}

/** One boot after the other, until stopped: after trouble here, after a restart in a new worker. */
async function live({ hub, software }: Extract<ToWorker, { t: 'start' }>, link: AppsLink): Promise<void> {
  const database = await DeviceDatabase.open()
  const files = await BrowserFiles.open(database)
  const placed = new Apps(files, link, board.log)
  const changed = async (): Promise<void> => {
    void placed.follow()
    board.set({ storage: await files.space() })
  }
  files.onLinks = () => void changed()
  void changed()
  const parts = { hub, database, files, processes: pageChecks(placed, link), log: board.log, screen: board.screen }
  const platform = await browserPlatform(parts)
  let given: Claim | null = null
  while (!stop.signal.aborted) {
    board.set({ phase: 'enrolling' })
    try {
      const { claim = null, serial = null } = given ?? {}
      const profile = { class: 'phone', model: null, timeZone: null, metered: null }
      const options = { platform, hub, software, authority: null, trustRoot: null, watch: board }
      const ended = await runAgent({ ...options, claim, serial, profile }, stop.signal)
      given = null
      if (ended === 'restart') await restart(files)
    } catch (error) {
      given = await trouble(platform, error)
    }
  }
  await files.settled()
  database.close()
}

/** The page is loaded anew, and this worker goes with it. Until then it remains the device, or another tab would take over. */
async function restart(files: BrowserFiles): Promise<void> {
  await files.settled()
  tell({ t: 'restart' })
  await new Promise<void>((resolve) => stop.signal.addEventListener('abort', () => resolve()))
}

/** Shows what is wrong, and waits for a person. */
async function trouble(platform: Parameters<typeof readIdentity>[0], error: unknown): Promise<Claim | null> {
  if (!(error instanceof AgentError)) throw error
  const known = await readIdentity(platform).catch(() => null)
  const asks = error.code === 'not-enrolled' || error.code === 'claim-refused'
  const phase = asks && !known?.enrolled ? 'new' : 'ended'
  const shown = { code: error.code, message: reasonOf(error) }
  board.set({ phase, serial: known?.serial ?? null, trouble: error.code === 'not-enrolled' && !known ? null : shown })
  return new Promise((resolve) => {
    decided = resolve
    stop.signal.addEventListener('abort', () => resolve(null))
  })
}

async function erase(): Promise<void> {
  stop.abort(new AgentError('stopped', 'the device is erased'))
  await running
  // The identity first: cut off in between, the device is nobody already.
  await DeviceDatabase.remove()
  await Contents.remove()
  // The device is erased by now: what its apps have left is said in the console of the browser, and is nobody's.
  await apps?.clear().catch((error: unknown) => console.warn('the apps cannot be removed', error))
  tell({ t: 'erased' })
}

function fail(error: unknown): void {
  if (stop.signal.aborted) return
  const code = error instanceof AgentError ? error.code : 'internal'
  board.log.warn('the device has stopped', { code, reason: reasonOf(error) })
  board.set({ phase: 'ended', trouble: { code, message: reasonOf(error) } })
}
