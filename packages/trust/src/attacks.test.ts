import { beforeEach, describe, expect, test } from 'vitest'
import { canonicalBytes, jsonBytes } from './json/canonical.ts'
import { jsonObject } from './json/value.ts'
import { readEnvelope } from './metadata/envelope.ts'
import { addSignature, signFile, unsignedFile } from './repository/signing.ts'
import { Attack, fileOf } from './test/attack.ts'
import { refusal } from './test/device.ts'
import { holder, holders, nodeCrypto } from './test/node-crypto.ts'
import { edited } from './test/repository.ts'
import type { Device } from './test/device.ts'
import type { Repository } from './test/repository.ts'

/** The attacks on timestamp, snapshot and targets themselves, each with its safe outcome: refused, and what was trusted stays trusted. */

let attack: Attack
let repository: Repository
let device: Device

beforeEach(async () => {
  attack = await Attack.begin()
  repository = attack.repository
  device = attack.device
})

describe.each(['timestamp', 'snapshot', 'targets'] as const)('%s', (role) => {
  test('with one bit flipped in what is signed: refused', async () => {
    await attack.tampered(role, (file) =>
      Buffer.from(Buffer.from(file).toString('latin1').replace('"expires":"20', '"expires":"21'), 'latin1'),
    )
    expect(await attack.outcome(role)).toBe(`${role}: below-threshold`)
  })

  test('with one bit flipped in the signature: refused', async () => {
    await attack.tampered(role, (file) =>
      Buffer.from(
        Buffer.from(file)
          .toString()
          .replace(/"sig":"(.)/, (_, digit: string) => `"sig":"${digit === '0' ? '1' : '0'}`),
      ),
    )
    expect(await attack.outcome(role)).toBe(`${role}: below-threshold`)
  })

  test('cut short: refused', async () => {
    await attack.tampered(role, (file) => file.subarray(0, file.length - 1))
    expect(await attack.outcome(role)).toBe(`${role}: malformed`)
  })

  test('with trailing bytes: refused', async () => {
    await attack.tampered(role, (file) => Buffer.concat([file, Buffer.from('{}')]))
    expect(await attack.outcome(role)).toBe(`${role}: malformed`)
  })

  test('without a signature: refused', async () => {
    await attack.tampered(role, (file) => unsignedFile(readEnvelope(file, role, Infinity).signed))
    expect(await attack.outcome(role)).toBe(`${role}: below-threshold`)
  })

  test("signed with another role's key: refused", async () => {
    const other = role === 'timestamp' ? 'snapshot' : 'timestamp'
    await attack.tampered(role, (file) =>
      signFile(readEnvelope(file, role, Infinity).signed, repository.signers(other)),
    )
    expect(await attack.outcome(role)).toBe(`${role}: below-threshold`)
  })

  test("signed with another role's key under the role's key id: refused", async () => {
    const other = role === 'timestamp' ? 'snapshot' : 'timestamp'
    const forged = repository
      .signers(other)
      .map((signer) => ({ ...signer, keyId: repository.signers(role)[0]?.keyId ?? '' }))
    await attack.tampered(role, (file) => signFile(readEnvelope(file, role, Infinity).signed, forged))
    expect(await attack.outcome(role)).toBe(`${role}: below-threshold`)
  })

  test('below the threshold: refused, and taken once the missing holder has signed', async () => {
    const [one, two, three] = await holders(3)
    if (!one || !two || !three) throw new Error('three holders')
    await repository.rotate({ [role]: { holders: [one, two, three], threshold: 2 } })
    await attack.tampered(role, (file) => signFile(readEnvelope(file, role, Infinity).signed, [three.signer]))
    expect(refusal(await device.update(repository.files))).toEqual({ code: 'below-threshold', what: role })
    const name = role === 'timestamp' ? 'timestamp.json' : `2.${role}.json`
    const half = fileOf(repository, name)
    repository.files.set(name, await addSignature(half, one.signer))
    expect(refusal(await device.update(repository.files))).toBe(null)
  })

  test('with one key signing twice for a threshold of two: refused', async () => {
    const [one, two] = await holders(2)
    if (!one || !two) throw new Error('two holders')
    await repository.rotate({ [role]: { holders: [one, two], threshold: 2 } })
    await attack.tampered(role, async (file) => {
      const { signed } = readEnvelope(file, role, Infinity)
      const sig = Buffer.from(await one.signer.sign(canonicalBytes(signed))).toString('hex')
      const twice = [one.key.id, one.key.id].map((keyid) => jsonObject({ keyid, sig }))
      return jsonBytes(jsonObject({ signatures: twice, signed }))
    })
    expect(refusal(await device.update(repository.files))?.code).toBe('duplicate')
  })

  test('with one key under two key ids signing for a threshold of two: refused', async () => {
    const one = await holder()
    // The same key with a field more has another id, which is right for it.
    const json = new Map([...one.key.json, ['x-note', 'the same key']])
    const id = Buffer.from(await nodeCrypto.sha256(canonicalBytes(json))).toString('hex')
    const twin = { key: { ...one.key, id, json }, signer: { ...one.signer, keyId: id } }
    await repository.rotate({ [role]: { holders: [one, twin], threshold: 2 } })
    await attack.tampered(role, (file) => file)
    expect(refusal(await device.update(repository.files))).toEqual({ code: 'below-threshold', what: role })
  })

  test('that has expired (freeze): refused with its own code, and what was trusted stays', async () => {
    await attack.tampered(role, (file) => edited(file, { expires: '2020-01-01T00:00:00Z' }, repository.signers(role)))
    expect(await attack.outcome(role)).toBe(`${role}: expired`)
  })

  test('longer than the limit (endless data): cut there', async () => {
    await attack.tampered(role, (file) => Buffer.concat([file, Buffer.alloc(6_000_000, ' ')]))
    expect(await attack.outcome(role)).toBe(`${role}: endless-data`)
  })
})
