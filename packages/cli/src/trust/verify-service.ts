import { sendWith, type ClientOptions } from '@sutler/client'
import { runUpdate, sha256Of, startUpdate, type Answer, type Search, type Verdict } from '@sutler/trust'
import { nodeTrustCrypto } from '@sutler/trust/node'

/** A component as it was found on this side: what a device would be offered. */
export interface OfferedComponent {
  readonly path: string
  readonly service: string
  readonly version: string
  readonly component: string
  /** Of its file list. */
  readonly size: number
  readonly digest: string
}

export interface Judged {
  readonly component: string
  /** Why a device would refuse it; null when it would not. */
  readonly refusal: string | null
  /** Whose signature it rests on. */
  readonly developer: string | null
}

/** Bytes of one answer: the client's own limits are checked again by the workflow. */
const headroom = 1

/**
 * Follows the same workflow as a device, from this root and without any memory, and judges the components.
 * @throws ApiError when the hub cannot be reached
 */
export async function verifyComponents(
  connection: ClientOptions,
  root: Uint8Array,
  offered: readonly OfferedComponent[],
  model: string | null,
): Promise<{ readonly verdict: Verdict; readonly judged: readonly Judged[] }> {
  const now = Math.floor(Date.now() / 1000)
  const host = {
    carryOut: async () => {},
    read: async ({ file }: { file: string }): Promise<Answer> =>
      file === 'root.json' ? { kind: 'bytes', bytes: root } : { kind: 'absent' },
    fetch: ({ name, mostBytes }: { name: string; mostBytes: number }) => fetchMetadata(connection, name, mostBytes),
  }
  const start = startUpdate(
    now,
    offered.map(({ path }) => path),
  )
  const verdict = await runUpdate(start, host, nodeTrustCrypto)
  if (verdict.kind === 'refused')
    return {
      verdict,
      judged: offered.map(({ component }) => ({ component, refusal: verdict.error.message, developer: null })),
    }
  return { verdict, judged: offered.map((each, at) => judge(each, verdict.targets[at]!, model)) }
}

function judge(offered: OfferedComponent, search: Search, model: string | null): Judged {
  const { component, service, version, size, digest } = offered
  if (search.kind === 'not-found') return { component, refusal: search.error.message, developer: null }
  const { file, roles } = search
  const custom = file.custom ?? new Map()
  const identity = { service, version, component }
  const models = custom.get('models')
  const refusal =
    file.length !== size || sha256Of(file.hashes, component) !== digest
      ? `digest-differs: ${sha256Of(file.hashes, component)} is signed, ${digest} is here`
      : Object.entries(identity).some(([field, value]) => custom.get(field) !== value)
        ? 'component-differs: it was signed as another component'
        : model !== null && models !== undefined && !(Array.isArray(models) && models.includes(model))
          ? `wrong-model: it was not signed for ${model}`
          : null
  return { component, refusal, developer: roles.at(-1) ?? null }
}

async function fetchMetadata(connection: ClientOptions, name: string, mostBytes: number): Promise<Answer> {
  const request = new Request(`${connection.hub.replace(/\/$/, '')}/tuf/${name}`)
  const response = await sendWith(connection, request, AbortSignal.timeout(30_000))
  if (response.status !== 200 || response.body === null) {
    await response.body?.cancel()
    return { kind: 'absent' }
  }
  const pieces: Uint8Array[] = []
  let length = 0
  for await (const piece of response.body) {
    pieces.push(piece)
    length += piece.length
    if (length >= mostBytes + headroom) return { kind: 'too-long' }
  }
  return { kind: 'bytes', bytes: Buffer.concat(pieces) }
}
