import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ApiError, answer, type Schemas, type SutlerClient } from '@sutler/client'
import type { KeyPair } from '@sutler/trust/node'
import type { Session } from '../session.ts'
import { reported, startAgents, type TriedDevice } from './agents.ts'
import { followTrial, outcomeOfTrials, trialsPath } from './follow-trial.ts'
import type { RunningProgram } from './process.ts'
import type { ProvingGround } from './proving-ground.ts'
import { publishNumbered } from './trial.ts'

/** How long devices may take to give back what they were given, milliseconds. */
const clearPatience = 30_000

/**
 * Simulated devices at the hub that somebody is logged in to: in a household of their own, as test devices, with candidates that nobody
 * releases. Cleared, the devices are out of service and the candidates retired; the household stays, empty.
 * @param developer the key of a developer whom devices trust
 * @throws ApiError `forbidden` for who may not make households and devices there
 */
export async function openGroundAt(
  { api, connection }: Session,
  developer: KeyPair,
  stop: AbortSignal,
): Promise<ProvingGround> {
  const timeZone = Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC'
  const { id: household } = answer(await api.POST('/api/v1/households', { body: { name: 'sutler try', timeZone } }))
  const directory = await mkdtemp(join(tmpdir(), 'sutler-try-'))
  const devices = new Map<string, TriedDevice>()
  const running: RunningProgram[] = []
  const published: Which[] = []
  const mark = Date.now().toString(36)
  let cleared: Promise<void> | null = null
  return {
    devices,
    directory,
    url: connection.hub,
    async join(classes) {
      const known = new Set([...devices.values()].map((device) => device.class))
      const wanted = [...new Set(classes)].filter((name) => !known.has(name))
      if (wanted.length === 0) return
      const place = { api, url: connection.hub, directory, household }
      const agents = await startAgents(place, running, wanted)
      for (const [id, device] of await reported(api, household, agents, stop)) {
        await markForTests(api, id)
        devices.set(id, device)
      }
    },
    async publish(source, attempt) {
      const named = await publishNumbered(api, source, developer, `try.${mark}.${attempt}`)
      published.push({ service: named.id, version: named.composition.version })
      return named
    },
    async try({ id: service, composition: { version } }, _again, { tell, patience, stop: stopped }) {
      const begin = performance.now()
      const which = { service, version }
      const body = { devices: [...devices.keys()] }
      const { items } = answer(await api.POST(trialsPath, { params: { path: which }, body }))
      const how = { tell, patience, stop: stopped }
      const trials = await Promise.all(items.map((trial) => followTrial(api, trial, how)))
      const seconds = Math.round((performance.now() - begin) / 100) / 10
      return outcomeOfTrials(trials, which, (device) => devices.get(device)?.class ?? device, seconds)
    },
    clear: () => (cleared ??= clearAway(api, { directory, devices, running, published })),
  }
}

interface Which {
  readonly service: string
  readonly version: string
}

interface Left {
  readonly directory: string
  readonly devices: ReadonlyMap<string, TriedDevice>
  readonly running: readonly RunningProgram[]
  readonly published: readonly Which[]
}

async function markForTests(api: SutlerClient, id: string): Promise<void> {
  const headers = { 'If-Match': '*' }
  await api.PATCH('/api/v1/devices/{id}', { params: { path: { id } }, headers, body: { tags: ['test-device'] } })
}

/** As much as can be: what one step cannot take away keeps no other from doing so. */
async function clearAway(api: SutlerClient, { directory, devices, running, published }: Left): Promise<void> {
  for (const which of published.toReversed()) await asFarAsPossible(() => undoTrials(api, which))
  for (const id of devices.keys())
    await asFarAsPossible(() => api.POST('/api/v1/devices/{id}/decommission', { params: { path: { id } } }))
  for (const path of published)
    await asFarAsPossible(() =>
      api.POST('/api/v1/services/{service}/versions/{version}/state', {
        params: { path },
        body: { state: 'retired' },
      }),
    )
  await Promise.all(running.map((program) => program.stop()))
  await rm(directory, { recursive: true, force: true })
}

async function undoTrials(api: SutlerClient, path: Which): Promise<void> {
  const { items } = answer(await api.GET(trialsPath, { params: { path } }))
  const how = { tell: () => {}, patience: clearPatience, stop: new AbortController().signal }
  for (const { id, undone } of items as Schemas['Trial'][])
    if (undone === null) {
      const params = { path: { ...path, trial: id } }
      await followTrial(api, answer(await api.POST(`${trialsPath}/{trial}/undo`, { params })), how)
    }
}

async function asFarAsPossible(step: () => Promise<unknown>): Promise<void> {
  try {
    await step()
  } catch (error) {
    if (!(error instanceof ApiError)) throw error
  }
}
