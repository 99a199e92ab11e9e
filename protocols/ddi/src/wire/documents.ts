import { md5Suffix } from './address.ts'
import { writeSleep } from './time.ts'

/** A file of a chunk as DDI names it. */
export interface Artifact {
  readonly filename: string
  /** Bytes. */
  readonly size: number
  /** Lower-case hexadecimal. */
  readonly sha1: string
  readonly md5: string
  readonly sha256: string
}

/** A software module. Clients that can take only one get only one: an action has one chunk. */
export interface Chunk {
  readonly part: string
  readonly name: string
  readonly version: string
  readonly artifacts: readonly Artifact[]
  /** Key and value, shown to the device. */
  readonly metadata: readonly (readonly [string, string])[]
}

export type Handling = 'skip' | 'attempt' | 'forced'

/** How and when the device may act. */
export interface Terms {
  readonly download: Handling
  readonly update: Handling
  /** Null where there is no window. */
  readonly window: 'available' | 'unavailable' | null
}

/** Where a device reads its resources. */
export interface Urls {
  /** Of the controller: `<origin>/<tenant>/controller/v1/<controller>`. */
  readonly controller: string
}

/** What the base resource points to; the parts that are absent have no link. */
export interface Shown {
  readonly deployment?: { readonly action: number; readonly tag: number }
  readonly confirmation?: { readonly action: number; readonly tag: number }
  readonly cancel?: number
  readonly installed?: number
  readonly configData: boolean
  /** The confirmation resource as such. */
  readonly confirmationBase: boolean
}

/** What the device did before, its newest word first. */
export interface History {
  readonly status: string
  readonly messages: readonly string[]
}

interface Link {
  readonly href: string
}

/** The answer to a poll. @param sleep seconds */
export function controllerBase({ controller }: Urls, sleep: number, shown: Shown): string {
  const links: Record<string, Link> = {}
  const { deployment, confirmation, cancel, installed } = shown
  if (cancel !== undefined) links['cancelAction'] = { href: `${controller}/cancelAction/${cancel}` }
  if (confirmation) links['confirmationBase'] = { href: tagged(`${controller}/confirmationBase`, confirmation) }
  else if (shown.confirmationBase) links['confirmationBase'] = { href: `${controller}/confirmationBase` }
  if (deployment) links['deploymentBase'] = { href: tagged(`${controller}/deploymentBase`, deployment) }
  if (installed !== undefined) links['installedBase'] = { href: `${controller}/installedBase/${installed}` }
  if (shown.configData) links['configData'] = { href: `${controller}/configData` }
  return JSON.stringify({ config: { polling: { sleep: writeSleep(sleep) } }, _links: links })
}

function tagged(resource: string, { action, tag }: { action: number; tag: number }): string {
  return `${resource}/${action}?c=${tag}`
}

/** deploymentBase and installedBase. `id` is text, as hawkBit sends it; swupdate and rauc's updater read both. */
export function deploymentBase(
  urls: Urls,
  action: number,
  terms: Terms,
  chunk: Chunk,
  history: History | null,
): string {
  return JSON.stringify({
    id: String(action),
    deployment: deployment(urls, action, terms, chunk),
    ...historyField(history),
  })
}

/** confirmationBase/{id}: what the device is asked to agree to. */
export function confirmationAction(
  urls: Urls,
  action: number,
  terms: Terms,
  chunk: Chunk,
  history: History | null,
): string {
  return JSON.stringify({
    id: String(action),
    confirmation: deployment(urls, action, terms, chunk),
    ...historyField(history),
  })
}

function historyField(history: History | null) {
  return history === null ? {} : { actionHistory: { status: history.status, messages: history.messages } }
}

function deployment(urls: Urls, action: number, { download, update, window }: Terms, chunk: Chunk) {
  return {
    download,
    update,
    ...(window !== null && { maintenanceWindow: window }),
    chunks: [
      {
        part: chunk.part,
        version: chunk.version,
        name: chunk.name,
        artifacts: artifactList(urls, action, chunk),
        ...(chunk.metadata.length > 0 && { metadata: chunk.metadata.map(([key, value]) => ({ key, value })) }),
      },
    ],
  }
}

/** softwaremodules/{id}/artifacts */
export function artifacts(urls: Urls, action: number, chunk: Chunk): string {
  return JSON.stringify(artifactList(urls, action, chunk))
}

function artifactList({ controller }: Urls, action: number, chunk: Chunk) {
  return chunk.artifacts.map(({ filename, size, sha1, md5, sha256 }) => {
    const href = `${controller}/softwaremodules/${action}/artifacts/${encodeURIComponent(filename)}`
    const sum = { href: href + md5Suffix }
    // Clients look for one form or the other; all lead where the device came from, with TLS if it came with TLS.
    const links = { download: { href }, 'download-http': { href }, md5sum: sum, 'md5sum-http': sum }
    return { filename, hashes: { sha1, md5, sha256 }, size, _links: links }
  })
}

/** One id for the action, its cancellation and what is to be stopped: clients mix them up. */
export function cancelAction(action: number): string {
  return JSON.stringify({ id: String(action), cancelAction: { stopId: String(action) } })
}

export interface AutoConfirmState {
  readonly active: boolean
  readonly initiator?: string
  readonly remark?: string
  /** Milliseconds since the Unix epoch. */
  readonly activatedAt?: number
}

/** confirmationBase */
export function confirmationBase(
  { controller }: Urls,
  state: AutoConfirmState,
  waiting: { readonly action: number; readonly tag: number } | null,
): string {
  const change = state.active ? 'deactivateAutoConfirm' : 'activateAutoConfirm'
  const links: Record<string, Link> = { [change]: { href: `${controller}/confirmationBase/${change}` } }
  if (waiting) links['confirmationBase'] = { href: tagged(`${controller}/confirmationBase`, waiting) }
  return JSON.stringify({ autoConfirm: state, _links: links })
}

/** `md5sum`'s own form. */
export function md5Sum({ md5, filename }: Artifact): string {
  return `${md5}  ${filename}`
}

/** What went wrong, in hawkBit's form of it. */
export function problem(errorCode: string, message: string): string {
  return JSON.stringify({ errorCode: `sutler.ddi.${errorCode}`, message })
}
