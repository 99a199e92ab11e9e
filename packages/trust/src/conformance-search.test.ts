import { describe, expect, test } from 'vitest'
import { withFields } from './json/value.ts'
import { readEnvelope } from './metadata/envelope.ts'
import { signFile } from './repository/signing.ts'
import { firstTargets, withDelegation, withTarget } from './repository/targets.ts'
import { Device, outcome, searches } from './test/device.ts'
import { holder, holders } from './test/node-crypto.ts'
import { day, edited, now, Repository } from './test/repository.ts'
import type { Holder } from './test/node-crypto.ts'

/** The cases of tuf-conformance about delegations, as far as they are not in the tests of attacks. */

const sha256 = 'ab'.repeat(32)

/** A delegation: who delegates to whom, for which paths, and whether it is terminating. */
type Edge = readonly [from: string, to: string, paths?: readonly string[], terminating?: boolean]

const graphs: Readonly<Record<string, { readonly edges: readonly Edge[]; readonly visited: readonly string[] }>> = {
  one: { edges: [['targets', 'A']], visited: ['A'] },
  'two beside one another': {
    edges: [
      ['targets', 'A'],
      ['targets', 'B'],
    ],
    visited: ['A', 'B'],
  },
  'depth first': {
    edges: [
      ['targets', 'A'],
      ['targets', 'B'],
      ['A', 'C'],
      ['A', 'D'],
    ],
    visited: ['A', 'C', 'D', 'B'],
  },
  'three levels': {
    edges: [
      ['targets', 'A'],
      ['targets', 'B'],
      ['A', 'C'],
      ['C', 'D'],
    ],
    visited: ['A', 'C', 'D', 'B'],
  },
  'a terminating one': {
    edges: [
      ['targets', 'A'],
      ['targets', 'B'],
      ['A', 'C', ['*'], true],
      ['A', 'D'],
    ],
    visited: ['A', 'C'],
  },
  'below a terminating one': {
    edges: [
      ['targets', 'A'],
      ['targets', 'B'],
      ['A', 'C', ['*'], true],
      ['C', 'D'],
    ],
    visited: ['A', 'C', 'D'],
  },
  'a path that is not delegated': {
    edges: [
      ['targets', 'A', ['*.py']],
      ['targets', 'B'],
      ['A', 'C'],
    ],
    visited: ['B'],
  },
  'a path that is not delegated further on': {
    edges: [
      ['targets', 'A'],
      ['targets', 'B'],
      ['A', 'C', ['*.py']],
      ['C', 'D'],
    ],
    visited: ['A', 'B'],
  },
  'a circle': {
    edges: [
      ['targets', 'A'],
      ['targets', 'B'],
      ['B', 'C'],
      ['C', 'D'],
      ['D', 'B'],
    ],
    visited: ['A', 'B', 'C', 'D'],
  },
  'one that two delegate to': {
    edges: [
      ['targets', 'A'],
      ['targets', 'B'],
      ['B', 'C'],
      ['A', 'C'],
    ],
    visited: ['A', 'C', 'B'],
  },
  'one that two delegate to for other paths': {
    edges: [
      ['targets', 'A'],
      ['targets', 'B'],
      ['B', 'C'],
      ['A', 'C', ['*.py']],
    ],
    visited: ['A', 'B', 'C'],
  },
}

async function delegate(
  repository: Repository,
  edges: readonly Edge[],
  key: Holder,
  targets: Readonly<Record<string, readonly string[]>> = {},
): Promise<void> {
  const names = ['targets', ...new Set(edges.map(([, to]) => to))]
  const changed = new Map<string, Uint8Array>()
  for (const name of names) {
    let signed = name === 'targets' ? repository.nextTargets() : firstTargets(now + day)
    for (const path of targets[name] ?? []) signed = withTarget(signed, path, { length: 1, sha256 })
    for (const [from, to, paths = ['*'], terminating = false] of edges)
      if (from === name)
        signed = withDelegation(signed, { name: to, keys: [key.key], threshold: 1, paths, terminating })
    repository.putTargets(
      await signFile(signed, name === 'targets' ? repository.signers('targets') : [key.signer]),
      name,
    )
    changed.set(name, repository.targets.get(name) ?? new Uint8Array())
  }
  await repository.publishSnapshot(changed)
}

describe('the search for a target', () => {
  test.each(Object.entries(graphs))('visits in order: %s', async (_, { edges, visited }) => {
    const repository = await Repository.create()
    await delegate(repository, edges, await holder())
    const device = new Device(repository.root)
    expect(outcome(await device.update(repository.files, ['missing']))).toBe('target-not-found')
    expect(device.fetched.slice(4)).toEqual(visited.map((role) => `1.${role}.json`))
  })

  test.each([
    ['targetfile', 'targets', []],
    ['README.md', 'A', ['A']],
    ['releases/x/x_v1', 'C', ['B', 'C']],
    ['releases/y/y_v1.zip', 'D', ['B', 'D']],
    ['releases/z/z_v1.zip', 'target-not-found', ['B']],
    ['releases/README.md', 'target-not-found', []],
    ['foo-1.tgz', 'A', ['A']],
    ['foo-alpha.tgz', 'target-not-found', []],
    ['README.MD', 'target-not-found', []],
  ] as const)('goes by the patterns of all roles on the way: %s', async (path, result, visited) => {
    const repository = await Repository.create()
    const edges: readonly Edge[] = [
      ['targets', 'A', ['*.doc', '*.md', 'foo-?.tgz']],
      ['targets', 'B', ['releases/*/*']],
      ['B', 'C', ['releases/x/*']],
      ['B', 'D', ['releases/y/*.zip']],
    ]
    await delegate(repository, edges, await holder(), {
      targets: ['targetfile'],
      A: ['README.md', 'releases/README.md', 'foo-1.tgz', 'foo-alpha.tgz'],
      C: ['releases/x/x_v1'],
      D: ['releases/y/y_v1.zip', 'releases/z/z_v1.zip'],
    })
    const device = new Device(repository.root)
    expect(outcome(await device.update(repository.files, [path]))).toBe(result)
    expect(device.fetched.slice(4)).toEqual(visited.map((role) => `1.${role}.json`))
  })

  test('does not take what one delegator vouched for as vouched for by another', async () => {
    const repository = await Repository.create()
    const [one, other] = await holders(2)
    if (!one || !other) throw new Error('two holders')
    await delegate(
      repository,
      [
        ['targets', 'A', ['a/*']],
        ['targets', 'B', ['b/*']],
        ['A', 'R', ['a/*']],
      ],
      one,
      { R: ['a/x', 'b/x'] },
    )
    const vouches = { name: 'R', keys: [other.key], threshold: 1, paths: ['b/*'], terminating: false }
    await repository.publish(withDelegation(repository.nextTargets('B'), vouches), 'B', [one.signer])
    const device = new Device(repository.root)
    const found = searches(await device.update(repository.files, ['a/x', 'b/x', 'a/x']))
    expect(found.map((search) => (search.kind === 'found' ? search.roles.join(' ') : search.error.code))).toEqual([
      'targets A R',
      'below-threshold',
      'targets A R',
    ])
  })

  test('ends when a role is not in the snapshot or cannot be had, and the update goes on', async () => {
    const repository = await Repository.create()
    await delegate(
      repository,
      [
        ['targets', 'A', ['a/*']],
        ['targets', 'B', ['b/*']],
      ],
      await holder(),
      { B: ['b/x'] },
    )
    const device = new Device(repository.root)
    const a = repository.files.get('1.A.json') ?? new Uint8Array()
    repository.files.delete('1.A.json')
    const found = searches(await device.update(repository.files, ['a/x', 'b/x']))
    expect(found.map((search) => (search.kind === 'found' ? search.path : search.error.code))).toEqual([
      'absent',
      'b/x',
    ])
    repository.files.set('1.A.json', a)
    const { signed } = readEnvelope(repository.snapshot ?? new Uint8Array(), 'snapshot', Infinity)
    const meta = withFields(signed.get('meta') as typeof signed, { 'A.json': undefined })
    repository.putSnapshot(await signFile(withFields(signed, { meta }), repository.signers('snapshot')))
    await repository.publishTimestamp()
    expect(outcome(await new Device(repository.root).update(repository.files, ['a/x']))).toBe('not-in-snapshot')
  })

  test('gives up a role that has expired', async () => {
    const repository = await Repository.create()
    const key = await holder()
    await delegate(repository, [['targets', 'A']], key, { A: ['x'] })
    const old = await edited(
      repository.targets.get('A') ?? new Uint8Array(),
      { expires: '2020-01-01T00:00:00Z', version: 2 },
      [key.signer],
    )
    repository.putTargets(old, 'A')
    await repository.publishSnapshot(new Map([['A', old]]))
    expect(outcome(await new Device(repository.root).update(repository.files, ['x']))).toBe('expired')
  })

  test.each(['?', '#', '/delegatedrole', '../delegatedrole', 'ünï', '%2e%2e', '..'])(
    'escapes the role name %s in addresses and file names',
    async (name) => {
      const repository = await Repository.create()
      await delegate(repository, [['targets', name]], await holder())
      const device = new Device(repository.root)
      expect(outcome(await device.update(repository.files, ['x']))).toBe('target-not-found')
      expect(device.fetched.at(-1)).toBe(`1.${encodeURIComponent(name)}.json`)
      for (const file of device.store.keys()) expect(file).toMatch(/^[^/\\?#]+\.json$/)
    },
  )
})
