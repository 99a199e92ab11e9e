import type { TrustFile, TrustStorage } from './storage.ts'

/** The file that clients know by this name: with consistent snapshots all but the timestamp have their version in it. */
export async function servedFile(trust: TrustStorage, name: string): Promise<TrustFile | null> {
  if (name === 'timestamp.json') return trust.newest(null, 'timestamp')
  const [, version, role] = /^([1-9]\d{0,14})\.([a-z0-9-]{1,64})\.json$/.exec(name) ?? []
  if (role === undefined || role === 'timestamp') return null
  return trust.file(role, Number(version))
}
