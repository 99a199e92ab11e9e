import { createHash } from 'node:crypto'
import { reportedBy, type InstallOutput, type Manifest } from '../src/index.ts'
import type { ComponentGiven } from './harness.ts'

/** A component as the hub publishes one: its manifest, what it is made of, and the output by which a device is to install it. */
interface Component {
  readonly manifest: Manifest
  /** The manifest as devices fetch it. */
  readonly text: Buffer
  /** SHA-256 of that. */
  readonly digest: string
  /** By digest. */
  readonly contents: ReadonlyMap<string, Uint8Array>
  /** Belongs to no delivery yet. */
  readonly output: InstallOutput
}

export function componentOf(service: string, version: string, given: ComponentGiven): Component {
  const { role = 'files', reports } = given
  const files = given.files.map(({ path, content }) => ({
    path,
    size: content.length,
    digest: hex('sha256', content),
    mode: 0o644,
  }))
  const manifest: Manifest = {
    service,
    version,
    component: 'app',
    restart: 'none',
    health: null,
    ...(role !== 'files' && { role }),
    ...(reports && { reports }),
    files,
  }
  const text = Buffer.from(JSON.stringify(manifest))
  const digest = hex('sha256', text)
  const contents = new Map(given.files.map(({ content }) => [hex('sha256', content), content]))
  const output: InstallOutput = {
    kind: 'install',
    delivery: '',
    epoch: 0,
    service,
    version,
    component: 'app',
    manifest: { digest, size: text.length },
    files: files.length,
    bytes: files.reduce((sum, { size }) => sum + size, 0),
    role,
    reports: reportedBy(manifest),
  }
  return { manifest, text, digest, contents, output }
}

export function hex(algorithm: 'sha256' | 'sha1' | 'md5', content: Uint8Array): string {
  return createHash(algorithm).update(content).digest('hex')
}
