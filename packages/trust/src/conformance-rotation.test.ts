import { describe, expect, test } from 'vitest'
import { known } from './client/turns.ts'
import { nextRoot } from './repository/root.ts'
import { signFile } from './repository/signing.ts'
import { Device, refusal } from './test/device.ts'
import { holders, signersOf } from './test/node-crypto.ts'
import { day, now, Repository } from './test/repository.ts'
import type { Holder } from './test/node-crypto.ts'

/** The cases of tuf-conformance about the rotation of keys, as far as they are not in the tests of attacks. */

/** Keys of a root by number, how many must sign, who signed, and whether a client takes it. */
type Version = readonly [keys: readonly number[], threshold: number, signed: readonly number[], taken?: false]

const rootRotations: Readonly<Record<string, readonly Version[]>> = {
  'one key replaced': [
    [[1], 1, [1]],
    [[2], 1, [1, 2]],
    [[2], 1, [2]],
  ],
  'signatures of strangers': [
    [[1], 1, [1]],
    [[1], 1, [1, 3, 4]],
  ],
  'one key replaced, not signed by the old one': [
    [[1], 1, [1]],
    [[2], 1, [2, 3, 4], false],
  ],
  'one key replaced, not signed by the new one': [
    [[1], 1, [1]],
    [[2], 1, [1, 3, 4], false],
  ],
  'one of five replaced': [
    [[0, 1, 2, 3, 4], 3, [0, 2, 4]],
    [[0, 1, 3, 4, 5], 3, [0, 2, 4, 5]],
    [[0, 1, 3, 4, 5], 3, [0, 4, 5]],
  ],
  'all of five replaced': [
    [[0, 1, 2, 3, 4], 3, [0, 2, 4]],
    [[5, 6, 7, 8, 9], 3, [0, 2, 4, 5, 6, 7]],
    [[5, 6, 7, 8, 9], 3, [5, 6, 7]],
  ],
  'one of five replaced, too few new ones': [
    [[0, 1, 2, 3, 4], 3, [0, 2, 4]],
    [[0, 1, 3, 4, 5], 3, [0, 2, 4], false],
  ],
  'one of five replaced, too few old ones': [
    [[0, 1, 2, 3, 4], 3, [0, 2, 4]],
    [[0, 1, 3, 4, 5], 3, [0, 4, 5], false],
  ],
  'a higher threshold': [
    [[1, 2, 3], 1, [1]],
    [[1, 2, 3], 2, [1, 2]],
  ],
  'a higher threshold, not reached': [
    [[1, 2, 3], 1, [1]],
    [[1, 2, 3], 2, [2], false],
  ],
  'a lower threshold': [
    [[1, 2, 3], 2, [1, 2]],
    [[1, 2, 3], 1, [1, 2]],
    [[1, 2, 3], 1, [1]],
  ],
  'a lower threshold, the old one not reached': [
    [[1, 2, 3], 2, [1, 2]],
    [[1, 2, 3], 1, [1], false],
  ],
  'a key and a threshold more': [
    [[1], 1, [1]],
    [[1, 2], 2, [1, 2]],
  ],
}

const pick = (all: readonly Holder[], numbers: readonly number[]): Holder[] =>
  numbers.map((number) => known(all[number]))

describe('root rotation', () => {
  test.each(Object.entries(rootRotations))('%s', async (_, versions) => {
    const all = await holders(10)
    const [first, ...rest] = versions
    if (!first) throw new Error('no version')
    const repository = await Repository.create({ root: { holders: pick(all, first[0]), threshold: first[1] } })
    const device = new Device(repository.root)
    let last = repository.root
    for (const [keys, threshold, signed, taken] of rest) {
      const root = { keys: pick(all, keys).map(({ key }) => key), threshold }
      repository.putRoot(await signFile(nextRoot(repository.root, now + day, { root }), signersOf(pick(all, signed))))
      if (taken !== false) last = repository.root
    }
    const refused = rest.some(([, , , taken]) => taken === false)
    expect(refusal(await device.update(repository.files))?.code).toBe(refused ? 'below-threshold' : undefined)
    expect(device.store.get('root.json')).toEqual(last)
  })
})

const otherRotations: Readonly<Record<string, Version>> = {
  'the new key': [[2], 1, [2]],
  'signatures of strangers': [[1], 1, [3, 1, 4]],
  'not the new key': [[2], 1, [1, 3, 4], false],
  'a key that is none of the role': [[0, 1, 3, 4, 5], 3, [0, 2, 4], false],
  'too few': [[0, 1, 3, 4, 5], 3, [0, 4], false],
  'three of five': [[0, 1, 2, 3, 4], 3, [0, 2, 4]],
  'another three of five': [[0, 1, 2, 3, 4], 3, [4, 3, 1]],
}

describe.each(['timestamp', 'snapshot', 'targets'] as const)('rotation of %s', (role) => {
  test.each(Object.entries(otherRotations))('signed by: %s', async (_, [keys, threshold, signed, taken]) => {
    const all = await holders(6)
    const repository = await Repository.create()
    const device = new Device(repository.root)
    await device.update(repository.files)
    await repository.rotate({ [role]: { holders: pick(all, keys), threshold } })
    // The holders of the keys are one thing, who signed is the other.
    repository.roles[role] = { holders: pick(all, signed), threshold }
    await repository.publish(repository.nextTargets())
    expect(refusal(await device.update(repository.files))?.code).toBe(taken === false ? 'below-threshold' : undefined)
  })
})
