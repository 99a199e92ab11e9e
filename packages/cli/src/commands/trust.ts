import type { Command } from 'commander'
import { addCeremony } from './trust-ceremony.ts'
import { addTrustChanges } from './trust-changes.ts'
import { addTrustReading } from './trust-reading.ts'

/** `trust …`: who may put what on devices. */
export function addTrust(program: Command): void {
  const trust = program.command('trust').description('signed metadata: whose keys speak for what devices may run')
  addCeremony(trust)
  addTrustChanges(trust)
  addTrustReading(trust)
}
