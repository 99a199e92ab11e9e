import * as fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { wanted } from '../../../test/support/thoroughness.ts'
import { TrustError } from './errors.ts'
import { canonicalBytes } from './json/canonical.ts'
import { readAssignment } from './director/assignment.ts'
import { jsonObject } from './json/value.ts'
import { checkSigned, readEnvelope } from './metadata/envelope.ts'
import { checkKeyIds } from './metadata/keys.ts'
import { authorityOf, readRoot } from './metadata/root.ts'
import { readSnapshot, readTimestamp } from './metadata/snapshot.ts'
import { readTargets } from './metadata/targets.ts'
import { assignmentFields } from './repository/assignment.ts'
import { signFile } from './repository/signing.ts'
import { withDelegation, withTarget } from './repository/targets.ts'
import { holders, nodeCrypto } from './test/node-crypto.ts'
import { day, now, Repository } from './test/repository.ts'
import type { Authority, Envelope } from './metadata/envelope.ts'

interface Sample {
  readonly bytes: Uint8Array
  readonly read: (envelope: Envelope) => unknown
  readonly authority: Authority
}

const kinds = ['root', 'timestamp', 'snapshot', 'targets', 'director'] as const
let samples: Readonly<Record<(typeof kinds)[number], Sample>>

beforeAll(async () => {
  const [one, two] = await holders(2)
  if (!one || !two) throw new Error('two holders')
  const repository = await Repository.create({ targets: { holders: [one, two], threshold: 2 } })
  const hashes = new Map([['sha256', 'ab'.repeat(32)]])
  const custom = jsonObject({ service: 'tv', 'x-any': [null, true, 'ü"\\\n'] })
  const target = withTarget(repository.nextTargets(), 'tv/a', { length: 7, sha256: 'ab'.repeat(32), custom })
  const delegation = { name: 'tv', keys: [one.key], threshold: 1, terminating: true, paths: ['tv/*'] }
  await repository.publish(withDelegation(target, delegation))
  const root = readRoot(readEnvelope(repository.root, 'root', Infinity))
  if (!root.director) throw new Error('a director')
  const assigned = [{ service: 'tv', version: '1', component: 'box', path: 'tv/a', file: { length: 7, hashes } }]
  const floor = { root: 1, snapshot: 1 }
  const assignment = assignmentFields({ version: 1, expires: now + day, device: 'device-one', floor, assigned })
  samples = {
    root: { bytes: repository.root, read: readRoot, authority: authorityOf(root, 'root') },
    timestamp: {
      bytes: repository.timestamp ?? new Uint8Array(),
      read: readTimestamp,
      authority: authorityOf(root, 'timestamp'),
    },
    snapshot: {
      bytes: repository.snapshot ?? new Uint8Array(),
      read: readSnapshot,
      authority: authorityOf(root, 'snapshot'),
    },
    targets: {
      bytes: repository.targets.get('targets') ?? new Uint8Array(),
      read: readTargets,
      authority: authorityOf(root, 'targets'),
    },
    director: {
      bytes: await signFile(assignment, repository.signers('director')),
      read: readAssignment,
      authority: { keys: root.keys, role: root.director },
    },
  }
})

/** Places as parts of the whole, so that one shape serves files of all lengths. */
const place = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true })
const mutations = fc.oneof(
  fc.record({ kind: fc.constant('bit' as const), place, with: fc.nat(7) }),
  fc.record({ kind: fc.constant('byte' as const), place, with: fc.nat(255) }),
  fc.record({ kind: fc.constant('delete' as const), place, with: fc.nat(40) }),
  fc.record({ kind: fc.constant('insert' as const), place, with: fc.constantFrom(...Buffer.from(' \t{}[],:"\\0-.e')) }),
  fc.record({ kind: fc.constant('repeat' as const), place, with: fc.nat(60) }),
  fc.record({ kind: fc.constant('cut' as const), place, with: fc.constant(0) }),
)
type Mutation = typeof mutations extends fc.Arbitrary<infer Value> ? Value : never

function mutate(bytes: Uint8Array, mutation: Mutation): Uint8Array {
  const at = Math.floor(mutation.place * bytes.length)
  const before = bytes.subarray(0, at)
  const after = bytes.subarray(at)
  switch (mutation.kind) {
    case 'bit':
      return Buffer.concat([before, Buffer.from([(after[0] ?? 0) ^ (1 << mutation.with)]), after.subarray(1)])
    case 'byte':
      return Buffer.concat([before, Buffer.from([mutation.with]), after.subarray(1)])
    case 'delete':
      return Buffer.concat([before, after.subarray(mutation.with + 1)])
    case 'insert':
      return Buffer.concat([before, Buffer.from([mutation.with]), after])
    case 'repeat':
      return Buffer.concat([before, after.subarray(0, mutation.with), after])
    case 'cut':
      return before
  }
}

/** The canonical signed part of what is trusted, or the TrustError. */
async function trusted({ read, authority }: Sample, bytes: Uint8Array): Promise<Uint8Array | TrustError> {
  try {
    const envelope = readEnvelope(bytes, 'sample', 512_000)
    read(envelope)
    await checkKeyIds(authority.keys, 'sample', nodeCrypto)
    await checkSigned(envelope, authority, nodeCrypto)
    return canonicalBytes(envelope.signed)
  } catch (error) {
    if (error instanceof TrustError) return error
    throw error
  }
}

describe.each(kinds)('10,000 mutations of %s', (kind) => {
  test('each is refused with a typed error, or means the same', async () => {
    const sample = samples[kind]
    const meaning = await trusted(sample, sample.bytes)
    expect(meaning).toBeInstanceOf(Uint8Array)
    let refused = 0
    await fc.assert(
      fc.asyncProperty(mutations, async (mutation) => {
        const result = await trusted(sample, mutate(sample.bytes, mutation))
        if (result instanceof TrustError) refused++
        return result instanceof TrustError || Buffer.compare(result, meaning as Uint8Array) === 0
      }),
      { numRuns: wanted('SUTLER_MUTATIONS', { quick: 10_000, long: 100_000 }) },
    )
    // White space and the case of a signature's digits mean nothing; nearly all else does.
    expect(refused).toBeGreaterThan(8_000)
    expect(refused).toBeLessThan(10_000)
  }, 120_000)
})
