import { codeText } from '../wire/numbers.ts'
import { beginsWithin, failed, mostOffers, moved, patience, refusedBy, waited as waitedFor } from './job.ts'
import type { Act, Job, Progress, Results, Step } from './job.ts'

/** OMA Software Management (object 9): update states. */
export const softwareState = { initial: 0, downloading: 1, downloaded: 2, delivered: 3, installed: 4 } as const

/** Update results from 50 on are errors. */
const results: Results = new Map([
  [50, ['no-storage', 'not enough storage for the new software package']],
  [51, ['out-of-memory', 'out of memory during the download']],
  [52, ['connection-lost', 'the connection was lost during the download']],
  [53, ['integrity', 'the integrity check of the package failed']],
  [54, ['package-type', 'the package type is not supported']],
  [56, ['invalid-uri', 'the URI is invalid']],
  [57, ['device-failed', 'an error of the device while the software was updated']],
  [58, ['install-failed', 'the installation failed']],
  [59, ['uninstall-failed', 'the uninstallation failed']],
] as const)

/** One instance of object 9. */
export interface Software {
  readonly instance: number
  readonly name: string
  readonly version: string
  readonly state: number
  readonly result: number
  /** /9/x/12; null when the device does not say. */
  readonly active: boolean | null
}

export interface SoftwareLook {
  readonly now: number
  readonly registration: string
  readonly instances: readonly Software[]
  readonly fetches: boolean
}

const mostResets = 3

/** What to do next about a software package. Pure. */
export function planSoftware(job: Job, look: SoftwareLook): Step {
  const found = instanceOf(job, look.instances)
  if (job.kind === 'remove') return removal(job, look, found)
  if (job.stage === 'new') return begin(job, look, found)
  // The instance is gone that the package was given to: somebody else took it away.
  if (!found) return failed(job, 'instance-gone', `there is no /9/${job.instance} any more`)
  if (job.stage === 'offered') return offered(job, look, found)
  return installing(job, look, found)
}

/** The instance of the job, else the one of its name, else (for an install) one that is free. */
function instanceOf(job: Job, instances: readonly Software[]): Software | undefined {
  const known = instances.find(({ instance }) => instance === job.instance)
  if (known || job.stage !== 'new') return known
  const named = instances.find(({ name, state }) => name === job.unit?.name && (job.kind === 'install' || state > 0))
  if (named || job.kind === 'remove') return named
  return instances.find(({ state }) => state === softwareState.initial)
}

function begin(job: Job, look: SoftwareLook, found: Software | undefined): Step {
  if (found && job.instance !== found.instance) return { job: { ...job, instance: found.instance } }
  if (job.cancelled) {
    // What came half-way is let go of; what is installed stays.
    const half = found && found.state !== softwareState.initial && found.state !== softwareState.installed
    if (half && job.instance !== null && job.offers > 0 && job.resets < mostResets) return cleared(job, found)
    return failed(job, 'cancelled', 'cancelled before it was in use')
  }
  if (job.offers === mostOffers) return failed(job, 'interrupted', `the device restarted ${mostOffers} times during it`)
  if (!found) return created(job)
  if (found.state === softwareState.installed && found.name === job.unit?.name && found.version === job.unit.version)
    return running(job, look, found)
  if (found.state !== softwareState.initial) return cleared(job, found)
  const way = job.way ?? (look.fetches ? 'pull' : 'push')
  const act: Act = way === 'pull' ? { do: 'offer-link', path: path(found, 3) } : { do: 'push', path: path(found, 2) }
  const next = moved(job, 'offered', look.now, { way, offers: job.offers + 1, registration: look.registration })
  return { job: next, act, stage: 'downloading' }
}

function created(job: Job): Step {
  if (job.resets === mostResets) return failed(job, 'no-instance', 'the device gives no instance of /9 for the package')
  return { job: { ...job, resets: job.resets + 1 }, act: { do: 'create', path: '/9' } }
}

/** An older version, or what was left half-way: `1` tells the device that another version follows. */
function cleared(job: Job, found: Software): Step {
  if (job.resets === mostResets)
    return failed(job, 'occupied', `/9/${found.instance} stays in Update State ${found.state}`)
  const argument = found.state === softwareState.installed ? '1' : '0'
  return { job: { ...job, resets: job.resets + 1 }, act: { do: 'execute', path: path(found, 6), argument } }
}

function offered(job: Job, look: SoftwareLook, found: Software): Step {
  if (job.cancelled) {
    const job0 = moved(job, 'new', look.now)
    if (found.state === softwareState.initial) return { job: job0 }
    return { job: job0, act: { do: 'execute', path: path(found, 6), argument: '0' } }
  }
  if (found.result >= 50) return unfetched(job, look, found) ?? failure(job, found)
  if (found.state === softwareState.installed) return installing(moved(job, 'started', look.now), look, found)
  if (found.state === softwareState.delivered) {
    const next = moved(job, 'started', look.now, { registration: look.registration })
    return { job: next, act: { do: 'execute', path: path(found, 4) }, stage: 'installing' }
  }
  if (found.state === softwareState.initial && look.registration !== job.registration)
    return { job: moved(job, 'new', look.now) }
  const most = found.state === softwareState.initial ? beginsWithin : patience.offered
  return waited(job, look, found, most, found.state === softwareState.downloaded ? 'verifying' : 'downloading')
}

/** It could not make anything of the link: it is given the bytes. */
function unfetched(job: Job, { now }: SoftwareLook, { result }: Software): Step | null {
  if (job.way !== 'pull' || (result !== 52 && result !== 56)) return null
  return { job: moved(job, 'new', now, { way: 'push' }) }
}

function installing(job: Job, look: SoftwareLook, found: Software): Step {
  if (found.result >= 50) return failure(job, found)
  if (found.state === softwareState.installed) return running(job, look, found)
  return waited(job, look, found, patience.started, 'installing')
}

/** Installed: it counts when it is active, where the device tells. */
function running(job: Job, look: SoftwareLook, found: Software): Step {
  if (found.active !== false && job.restart && (job.stage !== 'restarting' || job.registration === look.registration)) {
    if (job.stage === 'restarting') return waited(job, look, found, patience.restarting, 'restarting')
    const next = moved(job, 'restarting', look.now, { registration: look.registration })
    return { job: next, act: { do: 'execute', path: '/3/0/4' }, stage: 'restarting' }
  }
  if (found.active !== false) {
    const reported = { name: found.name || (job.unit?.name ?? ''), version: found.version }
    return { job, end: { result: 'installed', reported, by: `/9/${found.instance} Update State Installed` } }
  }
  if (job.stage === 'activating') return waited(job, look, found, patience.activating, 'checking')
  const act: Act = { do: 'execute', path: path(found, 10) }
  return { job: moved(job, 'activating', look.now), act, stage: 'checking' }
}

function removal(job: Job, look: SoftwareLook, found: Software | undefined): Step {
  const removed: Step = { job, end: { result: 'removed' } }
  if (job.stage !== 'started' && job.cancelled) return failed(job, 'cancelled', 'cancelled before it was begun')
  if (!found || found.state === softwareState.initial) return removed
  const mine = { ...job, instance: found.instance }
  if (found.active === true && job.resets < mostResets)
    return {
      job: { ...mine, resets: job.resets + 1 },
      act: { do: 'execute', path: path(found, 11) },
      stage: 'installing',
    }
  // Only deactivated: the files stay (OMA Software Management, resource 11).
  if (job.keep) return removed
  if (job.stage === 'started') {
    if (found.result >= 50) return failure(job, found)
    return waited(job, look, found, patience.started, 'installing')
  }
  const act: Act = { do: 'execute', path: path(found, 6), argument: '0' }
  return { job: moved(mine, 'started', look.now), act, stage: 'installing' }
}

function waited(job: Job, look: SoftwareLook, found: Software, most: number, stage: Progress): Step {
  return waitedFor(job, look.now, most, stage, { path: path(found, 7), name: 'Update State', state: found.state })
}

function failure(job: Job, found: Software): Step {
  return refusedBy(job, results, path(found, 9), found.result)
}

function path({ instance }: Software, resource: number): string {
  return `/9/${instance}/${resource}`
}

/** What to do when the device refused the act of a step. Pure. */
export function softwareRefused(job: Job, act: Act, code: number, now: number): Step {
  const said = `${act.path} was answered ${codeText(code)}`
  if (act.do === 'offer-link' && job.way !== 'push') return { job: moved(job, 'new', now, { way: 'push' }) }
  if (act.do === 'create') return failed(job, 'no-instance', said)
  // Devices that cannot prepare for an update, or deactivate, are looked at again: the tries are counted.
  if (act.do === 'execute' && act.path.endsWith('/6') && job.kind === 'install')
    return { job: { ...job, resets: job.resets + 1, ...(job.cancelled && { stage: 'new' as const }) } }
  // A device without Uninstall lets its package go with the instance.
  if (act.do === 'execute' && act.path.endsWith('/6'))
    return { job: moved(job, 'started', now), act: { do: 'delete', path: act.path.slice(0, -2) } }
  if (act.do === 'execute' && act.path.endsWith('/11')) return { job: { ...job, resets: mostResets } }
  return failed(job, 'refused', said)
}
