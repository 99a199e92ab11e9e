import { digestHex } from '@sutler/wire'
import type { Offer, Remove } from '@sutler/wire'
import type { Link } from './download.ts'
import type { ManifestEntry } from './manifest-shelf.ts'

/** A component in place on a device. */
export interface Installed {
  readonly service: string
  readonly version: string
  readonly component: string
  readonly epoch: number
  readonly manifest: ManifestEntry
}

/** What a device has been asked to do and has not reported yet. Outlives a loss of power. */
export interface InstallJob {
  readonly kind: 'install'
  readonly delivery: string
  readonly epoch: number
  readonly service: string
  readonly version: string
  readonly component: string
  /** Hex. */
  readonly digest: string
  /** Bytes of the manifest. */
  readonly manifestSize: number
  /** Bytes of all files. */
  readonly bytes: number
  /** When the first offer came, by the wheel's clock. */
  readonly offeredAt: number
  /** null = it has expired and a fresh one is being waited for. */
  link: Link | null
  /** Set when every file is in place and only the restart is left to be done. */
  restarting: ManifestEntry | null
  stopped: 'cancelled' | 'superseded' | null
}

export interface RemoveJob {
  readonly kind: 'remove'
  /** Its files stay. */
  readonly keep: boolean
  readonly delivery: string
  readonly epoch: number
  readonly service: string
  readonly offeredAt: number
  stopped: 'cancelled' | 'superseded' | null
}

export type Job = InstallJob | RemoveJob

/** Copies what is needed of the message: its digest may be a view of a shared buffer. */
export function jobOf(message: Offer | Remove, now: number): Job {
  const { delivery, epoch, service } = message
  if (message.t === 'remove')
    return { kind: 'remove', delivery, epoch, service, keep: message.keep === true, offeredAt: now, stopped: null }
  return {
    kind: 'install',
    delivery,
    epoch,
    service,
    version: message.version,
    component: message.component,
    digest: digestHex(message.manifest.digest),
    manifestSize: message.manifest.size,
    bytes: message.bytes,
    offeredAt: now,
    link: { base: message.link.base, query: message.link.query },
    restarting: null,
    stopped: null,
  }
}

/** Bytes that components take up. */
export function bytesInPlace(installed: readonly Installed[]): number {
  return installed.reduce((sum, component) => sum + component.manifest.bytes, 0)
}
