import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { canonicalManifest, restoreDeviceSession, saveDeviceSession } from '@sutler/wire'
import { FleetError } from '../errors.ts'
import type { Enrolment } from '../device/enrolment.ts'
import type { Installed, Job } from '../device/jobs.ts'
import type { Fleet } from './fleet.ts'

interface SavedDevice {
  readonly index: number
  readonly enrolment: Enrolment
  /** Of @sutler/wire, base64. */
  readonly session: string
  readonly installed: readonly (Omit<Installed, 'manifest'> & { readonly manifest: string })[]
  readonly jobs: readonly Job[]
}

interface SavedFleet {
  readonly format: 1
  readonly seed: number
  readonly hub: string
  readonly devices: readonly SavedDevice[]
  /** Digest → canonical text. */
  readonly manifests: Readonly<Record<string, string>>
}

const fileOf = (directory: string, fleet: Fleet): string => join(directory, `fleet-${fleet.options.seed}.json`)

/** Makes the devices what they were when the state was written; a directory without state changes nothing. */
export async function readState(directory: string, fleet: Fleet): Promise<void> {
  const file = fileOf(directory, fleet)
  const saved = await readSaved(file)
  if (!saved) return
  if (saved.hub !== fleet.options.hub) {
    throw new FleetError('bad-state', `${file} is of a fleet of ${saved.hub}: give another --state or --seed`)
  }
  for (const [digest, text] of Object.entries(saved.manifests)) fleet.manifests.read(digest, text)
  for (const entry of saved.devices) {
    const device = fleet.devices[entry.index]
    if (!device) continue
    device.identity.enrolment = entry.enrolment
    device.session = restoreDeviceSession(Buffer.from(entry.session, 'base64'), device.session.boot)
    device.work.installed = entry.installed.map((component) => ({
      ...component,
      manifest: fleet.manifests.get(component.manifest)!,
    }))
    // The wheel's clock begins anew at each run.
    device.work.jobs = entry.jobs.map((job) => ({ ...job, offeredAt: fleet.wheel.now() }))
  }
}

/** Writes what the devices are, in one rename. */
export async function writeState(directory: string, fleet: Fleet): Promise<void> {
  const manifests: Record<string, string> = {}
  const devices: SavedDevice[] = []
  for (const { index, identity, session, work } of fleet.devices) {
    const { enrolment } = identity
    if (!enrolment) continue
    for (const { manifest } of work.installed) manifests[manifest.digest] ??= canonicalManifest(manifest.document)
    const installed = work.installed.map((component) => ({ ...component, manifest: component.manifest.digest }))
    const jobs = work.jobs.map((job) => (job.kind === 'install' ? { ...job, restarting: null } : job))
    const saved = Buffer.from(saveDeviceSession(session)).toString('base64')
    devices.push({ index, enrolment, session: saved, installed, jobs })
  }
  const { seed, hub } = fleet.options
  const content: SavedFleet = { format: 1, seed, hub, devices, manifests }
  const file = fileOf(directory, fleet)
  await mkdir(directory, { recursive: true })
  await writeFile(`${file}.new`, JSON.stringify(content))
  await rename(`${file}.new`, file)
}

async function readSaved(file: string): Promise<SavedFleet | null> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null
    throw new FleetError('bad-state', `${file} cannot be read: ${error.message}`, { cause: error })
  })
  if (text === null) return null
  try {
    const saved = JSON.parse(text) as SavedFleet
    if (saved.format === 1) return saved
  } catch (error) {
    throw new FleetError('bad-state', `${file} is no JSON: remove it, or give another --state`, { cause: error })
  }
  throw new FleetError('bad-state', `${file} has another format: remove it, or give another --state`)
}
