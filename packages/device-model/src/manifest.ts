/** SHA-256, 64 lower-case hexadecimal digits. */
export type Digest = string

/**
 * What a component is to the device, which decides how a foreign protocol carries it:
 * `files` – a directory of files, as our agent installs them; a protocol that has only units takes a single file as one ·
 * `firmware` – an image of the whole system, active after a restart · `unit` – an application package that stands beside
 * others · `configuration` – a file of settings.
 */
export type InstallRole = 'files' | 'firmware' | 'unit' | 'configuration'

/**
 * A component's file list, as stored and hashed: canonical JSON (keys in this order, files sorted by path as UTF-16 code
 * units, no white space), so that hub and device agree on its digest.
 */
export interface Manifest {
  readonly service: string
  readonly version: string
  readonly component: string
  readonly restart: 'none' | 'device'
  /** Run after activation (and after the restart, if one is needed) with the component's directory as working directory. */
  readonly health: { readonly run: readonly string[]; readonly timeoutSeconds: number } | null
  /** Absent = `files`. */
  readonly role?: Exclude<InstallRole, 'files'>
  /** How a device without our agent names the component once it runs it; a part that is absent = the service's, the version's. */
  readonly reports?: { readonly name?: string | undefined; readonly version?: string | undefined }
  readonly files: readonly ManifestFile[]
}

export interface ManifestFile {
  /** Relative, `/`-separated, NFC, no `.`/`..` segments. */
  readonly path: string
  /** Bytes. */
  readonly size: number
  readonly digest: Digest
  /** POSIX permission bits: 0o644 or 0o755. */
  readonly mode: number
}
