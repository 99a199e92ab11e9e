import { runUpdate, sha256Of, startUpdate, type Answer, type Search } from '@sutler/trust'
import { nodeTrustCrypto } from '@sutler/trust/node/verify'
import type { Clock } from '../../../../platform/clock.ts'
import { CallerError } from '../../../../platform/errors.ts'
import type { ComponentDefinition, VersionDefinition } from '../../domain/definition.ts'
import { targetPath } from '../../domain/trust/names.ts'
import { nowOf } from './dependencies.ts'
import { notSigned } from './errors.ts'
import { servedFile } from './served-file.ts'
import type { TrustStorage } from './storage.ts'

type Named = Pick<VersionDefinition, 'service' | 'version' | 'components'>

/** What was found is believed for so long, milliseconds: orders ask for every item. Devices look for themselves. */
const believedFor = 5_000
const mostRemembered = 1_000

/** Says whether devices would take a version for signed: by the same workflow that they follow, over what they are served. */
export class SignedVersions {
  readonly #trust: TrustStorage
  readonly #clock: Clock
  readonly #found = new Map<string, { readonly at: number; readonly why: string | null }>()

  constructor(trust: TrustStorage, clock: Clock) {
    this.#trust = trust
    this.#clock = clock
  }

  /** @throws CallerError `not-signed` with the reason for each component */
  async require(version: Named): Promise<void> {
    const why = await this.#judge(version)
    if (why !== null) throw refusal(version, why)
  }

  /** The same, from a look that is a few seconds old. @throws CallerError `not-signed` */
  async requireLately(version: Named): Promise<void> {
    // With what it is made of: tenants may each have one of that name.
    const content = version.components.map(({ manifest }) => manifest.digest).join(' ')
    const name = `${version.service}@${version.version} ${content}`
    const known = this.#found.get(name)
    const now = this.#clock.monotonic()
    if (known === undefined || now - known.at > believedFor) {
      const why = await this.#judge(version)
      if (this.#found.size >= mostRemembered) this.#found.clear()
      this.#found.set(name, { at: now, why })
    }
    const why = this.#found.get(name)?.why ?? null
    if (why !== null) throw refusal(version, why)
  }

  async #judge({ service, version, components }: Named): Promise<string | null> {
    const root = await this.#trust.newest(null, 'root')
    if (root === null) return 'the hub has no root of trust yet'
    const paths = components.map(({ name }) => targetPath(service, version, name))
    const verdict = await runUpdate(
      startUpdate(nowOf({ clock: this.#clock }), paths),
      this.#host(root.bytes),
      nodeTrustCrypto,
    )
    if (verdict.kind === 'refused') return verdict.error.message
    const wrong = components.flatMap((component, at) => mismatch(service, version, component, verdict.targets[at]!))
    return wrong[0] ?? null
  }

  /** A client without any memory but the root: the repository is this hub's own table. */
  #host(root: Uint8Array) {
    return {
      carryOut: async () => {},
      read: async ({ file }: { file: string }): Promise<Answer> =>
        file === 'root.json' ? { kind: 'bytes', bytes: root } : { kind: 'absent' },
      fetch: async ({ name, mostBytes }: { name: string; mostBytes: number }): Promise<Answer> => {
        const bytes = (await servedFile(this.#trust, name))?.bytes
        if (bytes === undefined) return { kind: 'absent' }
        return bytes.length > mostBytes ? { kind: 'too-long' } : { kind: 'bytes', bytes }
      },
    }
  }
}

function mismatch(service: string, version: string, component: ComponentDefinition, search: Search): string[] {
  const { name, manifest } = component
  if (search.kind === 'not-found') return [`${name}: ${search.error.message}`]
  const { file } = search
  const identity = { service, version, component: name }
  const other = Object.entries(identity).find(([field, value]) => file.custom?.get(field) !== value)
  if (other) return [`${name}: it was signed as another ${other[0]}`]
  if (file.length !== manifest.size || sha256Of(file.hashes, name) !== manifest.digest)
    return [`${name}: another file list was signed than the published one, ${manifest.digest}`]
  return []
}

function refusal({ service, version }: Named, why: string): CallerError {
  return new CallerError(notSigned, `${service} ${version} is not signed: ${why}.`)
}
