import { beforeAll, describe, expect, test } from 'vitest'
import { trustAssignment } from './director/assignment.ts'
import { permit } from './director/join.ts'
import { jsonObject, withFields } from './json/value.ts'
import { readEnvelope } from './metadata/envelope.ts'
import { directorField, readRoot } from './metadata/root.ts'
import { assignmentFields } from './repository/assignment.ts'
import { firstRoot } from './repository/root.ts'
import { signFile, unsignedFile } from './repository/signing.ts'
import { describeFile, firstTargets, withDelegation, withTarget } from './repository/targets.ts'
import { codeOf, Device } from './test/device.ts'
import { holder, nodeCrypto } from './test/node-crypto.ts'
import { day, now, Repository } from './test/repository.ts'
import type { Search, Verdict } from './client/update.ts'
import type { Assignment, AssignmentBounds } from './director/assignment.ts'
import type { Candidate } from './director/join.ts'

const path = 'tv/1.0.0/box.manifest'
const bytes = new TextEncoder().encode('{"files":[]}')
const candidate: Candidate = { service: 'tv', version: '1.0.0', component: 'box' }
const custom = jsonObject({ service: 'tv', version: '1.0.0', component: 'box', models: ['box-1', 'box-2'] })

let repository: Repository
let verdict: Extract<Verdict, { kind: 'finished' }>
let bounds: AssignmentBounds
let assignment: Assignment

beforeAll(async () => {
  repository = await Repository.create()
  const developer = await holder()
  const delegation = { name: 'tv', keys: [developer.key], threshold: 1, terminating: true, paths: ['tv/*/*'] }
  await repository.publish(withDelegation(repository.nextTargets(), delegation))
  const { length, sha256 } = await describeFile(bytes, nodeCrypto)
  const targets = withTarget(firstTargets(now + day), path, { length, sha256, custom })
  await repository.publish(targets, 'tv', [developer.signer])
  const ended = await new Device(repository.root).update(repository.files, [path])
  if (ended.kind === 'refused') throw ended.error
  verdict = ended
  bounds = { device: 'device-one', now, floor: 5, root: verdict.root, versions: verdict.versions }
  assignment = {
    version: 5,
    expires: now + day,
    device: 'device-one',
    floor: { root: 1, snapshot: 3 },
    assigned: [{ ...candidate, path, file: { length, hashes: new Map([['sha256', sha256]]) } }],
  }
})

const assign = (changed: Partial<Assignment> = {}, signers = repository.signers('director')): Promise<Uint8Array> =>
  signFile(assignmentFields({ ...assignment, ...changed }), signers)

const code = async (file: Uint8Array, changed: Partial<AssignmentBounds> = {}): Promise<string | null> =>
  codeOf(() => trustAssignment(file, { ...bounds, ...changed }, nodeCrypto))

describe('an assignment', () => {
  test('of the director for this device is trusted, and reads as it was written', async () => {
    expect(await trustAssignment(await assign(), bounds, nodeCrypto)).toEqual(assignment)
  })

  test('for another device: refused', async () => {
    expect(await code(await assign({ device: 'device-two' }))).toBe('wrong-device')
    expect(await code(await assign({ device: 'Device-One' }))).toBe('wrong-device')
  })

  test("unsigned, or signed with another role's key: refused", async () => {
    expect(await code(await assign({}, []))).toBe('below-threshold')
    expect(await code(await assign({}, repository.signers('timestamp')))).toBe('below-threshold')
  })

  test('older than the floor (replay after a new installation): refused', async () => {
    expect(await code(await assign({ version: 4 }))).toBe('below-floor')
    expect(await code(await assign(), { floor: 6 })).toBe('below-floor')
  })

  test('beside metadata that are older than it asks for: refused', async () => {
    expect(await code(await assign({ floor: { root: 2, snapshot: 1 } }))).toBe('below-floor')
    expect(await code(await assign({ floor: { root: 1, snapshot: 4 } }))).toBe('below-floor')
  })

  test('that has expired: refused', async () => {
    expect(await code(await assign({ expires: now }))).toBe('expired')
  })

  test('where the root names no director: refused', async () => {
    const signed = withFields(readEnvelope(repository.root, 'root', Infinity).signed, { [directorField]: undefined })
    const root = readRoot(readEnvelope(unsignedFile(signed), 'root', Infinity))
    expect(await code(await assign(), { root })).toBe('no-director')
  })

  test('in the place of other metadata, and others in its place: refused', async () => {
    expect(await code(repository.timestamp ?? new Uint8Array())).toBe('wrong-type')
  })

  test('is read by standard clients as a field of the root that they do not know', () => {
    const keys = { keys: repository.roles.root.holders.map(({ key }) => key), threshold: 1 }
    const signed = firstRoot(now, { root: keys, targets: keys, snapshot: keys, timestamp: keys, director: keys })
    expect([...(signed.get('roles') as typeof signed).keys()].sort()).toEqual([
      'root',
      'snapshot',
      'targets',
      'timestamp',
    ])
  })
})

describe('what a device may run', () => {
  const join = (changed: {
    readonly candidate?: Partial<Candidate>
    readonly file?: Partial<Assignment['assigned'][number]['file']>
    readonly developer?: readonly Search[]
    readonly model?: string
  }): Promise<string | null> => {
    const assigned = assignment.assigned.map((entry) => ({ ...entry, file: { ...entry.file, ...changed.file } }))
    return codeOf(() =>
      permit(
        { ...candidate, ...changed.candidate },
        { ...assignment, assigned },
        changed.developer ?? verdict.targets,
        changed.model ?? 'box-1',
      ),
    )
  }
  const withCustom = (fields: Parameters<typeof withFields>[1]): readonly Search[] =>
    verdict.targets.map((search) =>
      search.kind === 'found' ? { ...search, file: { ...search.file, custom: withFields(custom, fields) } } : search,
    )

  test('is what developer and director signed alike', () => {
    expect(permit(candidate, assignment, verdict.targets, 'box-2')).toMatchObject({
      ...candidate,
      path,
      sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
    })
  })

  test('is nothing that the director did not assign', async () => {
    expect(await join({ candidate: { version: '0.9.0' } })).toBe('not-assigned')
    expect(await join({ candidate: { service: 'radio' } })).toBe('not-assigned')
  })

  test('is nothing that no developer signed: a stolen director alone does not do', async () => {
    expect(await join({ developer: [] })).toBe('not-signed-by-developer')
    const missing = await new Device(repository.root).update(repository.files, ['tv/1.0.0/none'])
    expect(await join({ developer: missing.kind === 'finished' ? missing.targets : [] })).toBe(
      'not-signed-by-developer',
    )
  })

  test('is nothing that only the role above the developers names', async () => {
    const developer = verdict.targets.map((search) => ({ ...search, roles: ['targets'] }))
    expect(await join({ developer })).toBe('not-signed-by-developer')
  })

  test('is nothing for which the two signed different lengths or digests', async () => {
    expect(await join({ file: { length: 1 } })).toBe('length-differs')
    expect(await join({ file: { hashes: new Map([['sha256', 'ab'.repeat(32)]]) } })).toBe('digest-differs')
    expect(await join({ file: { hashes: new Map([['sha512', 'ab'.repeat(64)]]) } })).toBe('no-known-hash')
  })

  test('is nothing that the developer signed as something else', async () => {
    expect(await join({ developer: withCustom({ component: 'phone' }) })).toBe('component-differs')
    expect(await join({ developer: withCustom({ version: undefined }) })).toBe('component-differs')
  })

  test('is nothing for another model, unless the developer names none', async () => {
    expect(await join({ model: 'box-9' })).toBe('wrong-model')
    expect(await join({ model: 'box-9', developer: withCustom({ models: undefined }) })).toBe(null)
    expect(await join({ developer: withCustom({ models: 'box-1' }) })).toBe('wrong-model')
  })
})
