import type { Manifest } from '@sutler/wire'
import { canonicalManifest } from '@sutler/wire'
import { describeFile, firstTargets, jsonObject, nextTargets, withTarget, type JsonObject } from '@sutler/trust'
import { nodeTrustCrypto } from '@sutler/trust/node'
import type { ServiceSource } from '../service-source.ts'
import { daysFromNow, lives } from './lives.ts'

/** A component's file list, as hub and devices write it: what a developer signs. */
export interface SignedComponent {
  readonly path: string
  readonly bytes: Uint8Array
  readonly custom: JsonObject
}

/** The file lists of all components of a version. */
export function componentsOf({ id, composition, models }: ServiceSource): SignedComponent[] {
  const { version, components } = composition
  return components.map((component) => {
    const { name, restart, role, reports, health, files } = component
    const special = { ...(role !== 'files' && { role }), ...(reports && { reports }) }
    const manifest = { service: id, version, component: name, restart, health, ...special, files } as Manifest
    const wanted = models.get(name)
    return {
      path: `${id}/${version}/${name}.manifest`,
      bytes: new TextEncoder().encode(canonicalManifest(manifest)),
      custom: jsonObject({ service: id, version, component: name, models: wanted }),
    }
  })
}

/**
 * The developer's next targets, with these components in them.
 * @param before those in force; null for the first
 */
export async function withComponents(
  before: Uint8Array | null,
  components: readonly SignedComponent[],
): Promise<JsonObject> {
  const expires = daysFromNow(lives.developer)
  let signed = before === null ? firstTargets(expires) : nextTargets(before, expires)
  for (const { path, bytes, custom } of components)
    signed = withTarget(signed, path, { ...(await describeFile(bytes, nodeTrustCrypto)), custom })
  return signed
}
