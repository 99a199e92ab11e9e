import { codeText } from '../wire/numbers.ts'
import { beginsWithin, failed, mostOffers, moved, patience, refusedBy, waited as waitedFor } from './job.ts'
import type { Act, Job, Results, Step } from './job.ts'

/** OMA LwM2M Core 1.2, E.6: states of the Firmware Update object. */
export const firmwareState = { idle: 0, downloading: 1, downloaded: 2, updating: 3 } as const

/** E.6: update results, under a stable error code each. 0 and 1 are no errors. */
const results: Results = new Map([
  [2, ['no-flash', 'not enough flash memory for the new firmware package']],
  [3, ['out-of-memory', 'out of RAM during the download']],
  [4, ['connection-lost', 'the connection was lost during the download']],
  [5, ['integrity', 'the integrity check of the new firmware package failed']],
  [6, ['package-type', 'the package type is not supported']],
  [7, ['invalid-uri', 'the URI is invalid']],
  [8, ['update-failed', 'the firmware update failed']],
  [9, ['protocol-unsupported', 'the protocol is not supported']],
  [10, ['cancelled', 'the update was cancelled']],
  [11, ['deferred', 'the update was deferred']],
  [12, ['conflicting-state', 'a multi-component package conflicts with the state of another component']],
  [13, ['dependency', 'a dependency of the package is not met']],
] as const)

/** How the object looks at the moment. */
export interface FirmwareLook {
  readonly now: number
  /** Changes with every new registration. */
  readonly registration: string
  readonly state: number
  readonly result: number
  /** What runs, and which resource says so; null when the device does not say. */
  readonly runs: { readonly version: string; readonly by: string } | null
  /** Of the package: /5/0/6. */
  readonly packageName: string
  /** /5/0/9: 0 pull, 1 push, 2 both. */
  readonly delivery: number | null
  /** The device can fetch from the link that the hub gives. */
  readonly fetches: boolean
}

const root = '/5/0'
/** A device that stays busy with something else after so many resets is given the package all the same: stubs never change. */
const mostResets = 2
/** How long after a push a state may stand before it is taken that the device shows no Downloaded. */
const showsWithin = { idle: 10_000, downloading: 60_000 } as const
/** How often a device is told to update that refuses: it may be checking what it got. */
const mostExecutes = 5

/** After a restart a device may take this long to say how the update went. */
const settlesWithin = 60_000

/** What to do next about a firmware update (OMA LwM2M Core 1.2, E.6.2). Pure. */
export function planFirmware(job: Job, look: FirmwareLook): Step {
  if (job.stage === 'new') return begin(job, look)
  if (job.stage === 'offered') return offered(job, look)
  return updating(job, look)
}

function begin(job: Job, look: FirmwareLook): Step {
  if (look.state === firmwareState.updating) return waited(job, look, patience.started, 'restarting')
  if (look.runs?.version === job.unit?.version && look.state === firmwareState.idle && !job.cancelled)
    return installed(job, look)
  // What an earlier update left behind would be taken for news of this one.
  if ((look.state !== firmwareState.idle || look.result !== 0) && job.resets < mostResets)
    return { job: { ...job, resets: job.resets + 1 }, act: reset() }
  if (job.cancelled) return failed(job, 'cancelled', 'cancelled before it was in use')
  if (job.offers === mostOffers) return failed(job, 'interrupted', `the device restarted ${mostOffers} times during it`)
  const way = job.way ?? wayOf(look)
  const act: Act = way === 'pull' ? { do: 'offer-link', path: `${root}/1` } : { do: 'push', path: `${root}/0` }
  return {
    job: moved(job, 'offered', look.now, { way, offers: job.offers + 1, registration: look.registration }),
    act,
    stage: 'downloading',
  }
}

function wayOf({ delivery, fetches }: FirmwareLook): 'pull' | 'push' {
  if (delivery === 0) return 'pull'
  return delivery === 1 || !fetches ? 'push' : 'pull'
}

function offered(job: Job, look: FirmwareLook): Step {
  if (job.cancelled) return { job: moved(job, 'new', look.now), act: reset() }
  const { state, result } = look
  if (state === firmwareState.updating) return { job: started(job, look), stage: 'installing' }
  if (state === firmwareState.downloaded && !isFailure(result)) return execute(job, look)
  if (isFailure(result)) return unfetched(job, look) ?? failure(job, result)
  // The device has done it all by itself already.
  if (state === firmwareState.idle && look.runs?.version === job.unit?.version) return installed(job, look)
  if (state === firmwareState.downloading && !(job.way === 'push' && isStuck(job, look)))
    return waited(job, look, patience.offered, 'downloading')
  // A restart in the middle forgets what was downloaded.
  if (look.registration !== job.registration) return { job: moved(job, 'new', look.now) }
  if (job.way === 'push' && isStuck(job, look)) return execute(job, look)
  return waited(job, look, beginsWithin, 'downloading')
}

/** After a push the device has the whole package: one that does not come to show Downloaded never will. */
function isStuck(job: Job, look: FirmwareLook): boolean {
  return look.now - job.stageSince >= (look.state === firmwareState.idle ? showsWithin.idle : showsWithin.downloading)
}

function execute(job: Job, look: FirmwareLook): Step {
  return { job: started(job, look), act: { do: 'execute', path: `${root}/2` }, stage: 'installing' }
}

function started(job: Job, look: FirmwareLook): Job {
  return moved(job, 'started', look.now, { registration: look.registration })
}

function updating(job: Job, look: FirmwareLook): Step {
  const { state, result } = look
  if (state === firmwareState.updating) return waited(job, look, patience.started, 'restarting')
  if (isFailure(result)) return failure(job, result)
  if (result === 1) return installed(job, look)
  if (look.runs?.version === job.unit?.version) return installed(job, look)
  // It came back without a result and without the version: whatever happened, the old firmware runs.
  const restarted = look.registration !== job.registration && look.now - job.stageSince > settlesWithin
  if (restarted && state === firmwareState.idle) {
    const detail = `the device restarted and runs ${look.runs?.version ?? 'what it does not say'}`
    return { job, end: { result: 'rolled-back', error: 'not-updated', detail } }
  }
  return waited(job, look, patience.started, 'restarting')
}

function installed(job: Job, look: FirmwareLook): Step {
  const name = job.unit?.name ?? (look.packageName || 'firmware')
  const reported = { name, version: look.runs?.version ?? '' }
  return { job, end: { result: 'installed', reported, by: look.runs?.by ?? `${root}/5 Update Result 1` } }
}

function waited(job: Job, { now, state }: FirmwareLook, most: number, stage: 'downloading' | 'restarting'): Step {
  return waitedFor(job, now, most, stage, { path: `${root}/3`, name: 'State', state })
}

/** It could not make anything of the link: it is given the bytes, if it takes them. */
function unfetched(job: Job, { result, delivery, now }: FirmwareLook): Step | null {
  const aboutLink = result === 4 || result === 7 || result === 9
  if (job.way !== 'pull' || delivery === 0 || !aboutLink) return null
  return { job: moved(job, 'new', now, { way: 'push' }) }
}

function isFailure(result: number): boolean {
  return result > 1
}

function failure(job: Job, result: number): Step {
  return refusedBy(job, results, `${root}/5`, result)
}

/** E.6.1, resource 1: an empty URI resets the state machine. */
function reset(): Act {
  return { do: 'write', path: `${root}/1`, value: '' }
}

/** What to do when the device refused the act of a step. Pure. */
export function firmwareRefused(job: Job, act: Act, code: number, now: number): Step {
  const said = `${act.path} was answered ${codeText(code)}`
  // A device that has no URI to reset, or refuses to be reset while it has nothing to reset.
  if (act.do === 'write')
    return { job: { ...job, resets: job.resets + 1, ...(job.cancelled && { stage: 'new' as const }) } }
  if (act.do === 'offer-link' && job.way !== 'push') return { job: moved(job, 'new', now, { way: 'push' }) }
  if (act.do === 'execute' && job.way === 'push' && job.resets < mostExecutes)
    return { job: { ...job, stageSince: now, resets: job.resets + 1 } }
  return failed(job, 'refused', said)
}
