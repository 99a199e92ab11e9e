import { matchesPattern } from '@sutler/trust'

/** Names of the repository: roles, target paths. */

/** A developer's role: no name of a top-level role, and a file name everywhere. */
export const developerPattern = /^(?!(?:root|targets|snapshot|timestamp|director|assignments)$)[a-z0-9][a-z0-9-]{0,62}$/

/** The target path of a component's file list. */
export function targetPath(service: string, version: string, component: string): string {
  return `${service}/${version}/${component}.manifest`
}

/** Whether one of the patterns speaks for the path. */
export function isDelegated(path: string, patterns: readonly string[]): boolean {
  return patterns.some((pattern) => matchesPattern(path, pattern))
}
