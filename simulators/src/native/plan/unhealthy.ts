import { randomFor } from './random.ts'

/** `service@version` → the share of devices, 0 to 1, on which its health check fails, however often it is installed. */
export type UnhealthyShares = Readonly<Record<string, number>>

/**
 * Whether a version's health check fails on a device: the same for the same arguments. Each version is drawn for itself, and
 * a larger share strikes those that a smaller one struck, and others.
 */
export function isUnhealthy(
  shares: UnhealthyShares,
  seed: number,
  index: number,
  { service, version }: { service: string; version: string },
): boolean {
  const name = `${service}@${version}`
  return Object.hasOwn(shares, name) && randomFor(seed, `unhealthy ${name}`, index)() < shares[name]!
}
