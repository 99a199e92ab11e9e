import { createHash } from 'node:crypto'
import { canonicalManifest } from '@sutler/wire'
import type { Manifest } from '@sutler/wire'

export const hexOf = (bytes: string | Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

/** One component as the test hub keeps it. */
export interface Component {
  readonly class: string
  readonly name: string
  readonly manifest: Manifest
  readonly digest: string
  readonly text: string
  readonly bytes: number
}

/** Services by `name@version`, and every file and manifest by digest. */
export class Catalogue {
  readonly blobs = new Map<string, Buffer>()
  readonly #components = new Map<string, Component[]>()

  /** Adds one component of a version: path → content. */
  add(service: string, version: string, deviceClass: string, files: Record<string, Buffer>, restart = false): void {
    const name = `${deviceClass}-part`
    const entries = Object.entries(files).map(([path, content]) => {
      const digest = hexOf(content)
      this.blobs.set(digest, content)
      return { path, size: content.length, digest, mode: 0o644 }
    })
    const restarts = restart ? ('device' as const) : ('none' as const)
    const text = canonicalManifest({
      service,
      version,
      component: name,
      restart: restarts,
      health: null,
      files: entries,
    })
    const manifest = JSON.parse(text) as Manifest
    const digest = hexOf(text)
    this.blobs.set(digest, Buffer.from(text))
    const bytes = manifest.files.reduce((sum, file) => sum + file.size, 0)
    const key = `${service}@${version}`
    const component = { class: deviceClass, name, manifest, digest, text, bytes }
    this.#components.set(key, [...(this.#components.get(key) ?? []), component])
  }

  component(service: string, version: string, deviceClass: string): Component | null {
    return this.#components.get(`${service}@${version}`)?.find((component) => component.class === deviceClass) ?? null
  }
}
