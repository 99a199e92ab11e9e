import { noneMatch } from '@sutler/http'
import { createHash } from 'node:crypto'
import { notFound, type Access, type Principal } from '../../../platform/access.ts'
import { actFor, request } from '../../../platform/acting.ts'
import { CallerError, OutsideError } from '../../../platform/errors.ts'
import type { Incoming } from '../../../platform/http/bindings.ts'
import { sendProblem } from '../../../platform/http/body.ts'
import { methodNotAllowed } from '../../../platform/http/codes.ts'
import { isUnexpected } from '../../../platform/http/problem.ts'
import type { RawHandler } from '../../../platform/http/server.ts'
import type { Log } from '../../../platform/log.ts'
import type { Trust } from '../app/trust/index.ts'

type Outgoing = Parameters<RawHandler>[1]

export interface TufOptions {
  readonly trust: Pick<Trust, 'served' | 'assignment'>
  readonly access: Access
  /** The file list of a component that the principal may see. @throws CallerError `not-found`, `forbidden` */
  readonly target: (principal: Principal, name: TargetName) => Promise<Uint8Array>
  readonly log: Log
  /**
   * The device that may fetch files of this manifest. @param query of the link @param tell is called with the decision's id
   * @throws CallerError `link-refused`, `link-expired`
   */
  readonly checkLink: (
    manifest: string,
    query: string,
    shown?: null,
    tell?: (decision: string) => void,
  ) => { readonly device: string }
}

export interface TargetName {
  readonly service: string
  readonly version: string
  readonly component: string
  /** SHA-256. */
  readonly digest: string
}

const metadataAddress = /^\/tuf\/([a-z0-9.-]{1,96})$/
const targetAddress =
  /^\/tuf\/targets\/([a-z0-9-]{1,64})\/([0-9A-Za-z.-]{1,64})\/([0-9a-f]{64})\.([a-z0-9-]{1,64})\.manifest$/
const assignmentAddress = /^\/tuf\/assignments\/([a-z0-9-]{8,64})\?manifest=([0-9a-f]{64})&(.{1,300})$/

/**
 * `GET|HEAD /tuf/<file>`: signed metadata, the same for everybody, since nothing in them is worth more than their signatures; and
 * `/tuf/assignments/<device>?manifest=<digest>&<link>`: what is signed for one device, for that device; and `/tuf/targets/…`, the file
 * lists, for those who may see the service. Never with a content coding.
 */
export function createTufHandler(options: TufOptions): RawHandler {
  const serve = async (incoming: Incoming, outgoing: Outgoing): Promise<void> => {
    try {
      await answer(incoming, outgoing, options)
    } catch (error) {
      if (isUnexpected(error))
        options.log.warn({ err: error, requestId: incoming.requestId }, 'signed metadata could not be sent')
      if (outgoing.headersSent) outgoing.destroy()
      else sendProblem(incoming, outgoing, error, error instanceof OutsideError ? { 'retry-after': '2' } : {})
    }
  }
  return (incoming, outgoing) => {
    if (!incoming.url?.startsWith('/tuf/')) return false
    void serve(incoming, outgoing)
    return true
  }
}

async function answer(incoming: Incoming, outgoing: Outgoing, options: TufOptions): Promise<void> {
  const head = incoming.method === 'HEAD'
  if (!head && incoming.method !== 'GET') throw new CallerError(methodNotAllowed, 'Signed metadata take GET and HEAD.')
  const found = await find(incoming, options)
  const etag = `"${found.sha256}"`
  const always = { etag, 'cache-control': found.personal ? 'private, no-store' : 'no-cache' }
  const match = incoming.headers['if-none-match']
  if (!noneMatch(typeof match === 'string' ? match : undefined, etag)) {
    outgoing.writeHead(304, always).end()
    return
  }
  const headers = { ...always, 'content-type': 'application/json', 'content-length': found.bytes.length }
  outgoing.writeHead(200, headers).end(head ? undefined : found.bytes)
}

interface Found {
  readonly bytes: Uint8Array
  readonly sha256: string
  readonly personal: boolean
}

async function find(incoming: Incoming, options: TufOptions): Promise<Found> {
  const { trust, checkLink } = options
  const url = incoming.url ?? ''
  const [, service, version, digest, component] = targetAddress.exec(url) ?? []
  if (service !== undefined) {
    const name = { service, version: version!, component: component!, digest: digest! }
    return { bytes: await targetFor(incoming, name, options), sha256: digest!, personal: true }
  }
  const [, device, manifest, query] = assignmentAddress.exec(url) ?? []
  if (device !== undefined) {
    const tell = (decision: string): void => void (incoming.decision = decision)
    if (checkLink(manifest!, query!, null, tell).device !== device)
      throw new CallerError(notFound, `The link is not one of device ${device}.`)
    const bytes = await trust.assignment(device)
    return { bytes, sha256: createHash('sha256').update(bytes).digest('hex'), personal: true }
  }
  const name = metadataAddress.exec(url)?.[1]
  const file = name === undefined ? null : await trust.served(name)
  if (file === null) throw new CallerError(notFound, 'There are no such signed metadata.')
  return { ...file, personal: false }
}

async function targetFor(incoming: Incoming, name: TargetName, { access, target }: TufOptions): Promise<Uint8Array> {
  const principal = await access.authenticate(incoming.headers.authorization)
  const who = request(principal, incoming.requestId ?? '')
  try {
    return await actFor(who, () => target(principal, name))
  } finally {
    if (who.decisions.length > 0) access.ended(who)
    incoming.decision = who.decision
  }
}
