import { farthestVersion } from './version-rule.ts'

/**
 * The signer's file of keys as it is put back from a backup: versions go on above all that may have been signed since it was made, so
 * that no device takes what the hub publishes now for a rollback.
 * @param now seconds since the Unix epoch
 */
export function aheadOfAll(file: Buffer, now: number): string {
  const keys = JSON.parse(file.toString('utf8')) as { role: string; since: number; last: number }[]
  // The versions of assignments are times.
  const moved = keys.map((key) => (key.role === 'director' ? key : { ...key, last: farthestVersion(key, now) }))
  return `${JSON.stringify(moved, null, 2)}\n`
}
