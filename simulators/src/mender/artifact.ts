import { createHash } from 'node:crypto'
import { gunzipSync, gzipSync } from 'node:zlib'
import { readTar, tarOf } from './tar.ts'

/** What a Mender Artifact (format version 3) says of itself. */
export interface ArtifactHeader {
  readonly name: string
  readonly deviceTypes: readonly string[]
  /** What a device provides once it has it, beside `artifact_name`. */
  readonly provides: Readonly<Record<string, string>>
}

export interface ArtifactContent extends ArtifactHeader {
  /** Update module that is to install it. */
  readonly type: string
  /** Name → content of the payload's files. */
  readonly files: Readonly<Record<string, Uint8Array>>
}

/** The bytes of a `.mender` file, unsigned, as `mender-artifact write module-image` makes them. */
export function artifactOf(content: ArtifactContent): Buffer {
  const version = json({ format: 'mender', version: 3 })
  const header = gzipSync(tarOf(headerFiles(content)))
  const files = Object.entries(content.files).map(([name, bytes]) => [name, Buffer.from(bytes)] as const)
  const lines = files.map(([name, bytes]) => `${sha256(bytes)}  data/0000/${name}`)
  const manifest = [...lines, `${sha256(header)}  header.tar.gz`, `${sha256(version)}  version`, ''].join('\n')
  return tarOf([
    ['version', version],
    ['manifest', Buffer.from(manifest)],
    ['header.tar.gz', header],
    ['data/0000.tar.gz', gzipSync(tarOf(files))],
  ])
}

/** Reads what a device checks before it installs. @throws Error when it is no artifact, or a file is not the manifest's */
export function readArtifact(bytes: Buffer): ArtifactHeader {
  const parts = readTar(bytes)
  const header = parts.get('header.tar.gz')
  const manifest = parts.get('manifest')?.toString('utf8')
  if (!header || manifest === undefined) throw new Error('this is no Mender Artifact')
  if (!manifest.includes(`${sha256(header)}  header.tar.gz`)) throw new Error('the header is not the manifest’s')
  const files = readTar(gunzipSync(header))
  const info = JSON.parse(files.get('header-info')!.toString('utf8')) as HeaderInfo
  const type = JSON.parse(files.get('headers/0000/type-info')!.toString('utf8')) as TypeInfo
  return {
    name: info.artifact_provides.artifact_name,
    deviceTypes: info.artifact_depends.device_type,
    provides: type.artifact_provides ?? {},
  }
}

interface HeaderInfo {
  readonly artifact_provides: { readonly artifact_name: string }
  readonly artifact_depends: { readonly device_type: readonly string[] }
}

interface TypeInfo {
  readonly artifact_provides?: Readonly<Record<string, string>>
}

function headerFiles({ name, deviceTypes, provides, type }: ArtifactContent): [string, Buffer][] {
  const info = {
    payloads: [{ type }],
    artifact_provides: { artifact_name: name },
    artifact_depends: { device_type: deviceTypes },
  }
  return [
    ['header-info', json(info)],
    ['headers/0000/type-info', json({ type, artifact_provides: provides })],
    ['headers/0000/meta-data', Buffer.alloc(0)],
  ]
}

function json(value: unknown): Buffer {
  return Buffer.from(JSON.stringify(value))
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}
