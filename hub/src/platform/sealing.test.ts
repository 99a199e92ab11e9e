import { createSecretKey } from 'node:crypto'
import { expect, test } from 'vitest'
import { createSealing } from './sealing.ts'

const sealing = createSealing(createSecretKey(Buffer.alloc(32, 1)))
const secret = Buffer.from('a secret that nobody may read')

test('what was sealed is opened for the same purpose, also by another hub with the same key', () => {
  const sealed = sealing.seal('webhook whk-1', secret)
  expect(createSealing(createSecretKey(Buffer.alloc(32, 1))).open('webhook whk-1', sealed)).toEqual(secret)
  expect(sealing.open('nothing', sealing.seal('nothing', Buffer.alloc(0)))).toEqual(Buffer.alloc(0))
})

test('the same secret looks different each time, and never like itself', () => {
  const [one, other] = [sealing.seal('p', secret), sealing.seal('p', secret)]
  expect(one).not.toEqual(other)
  expect(one.includes(secret)).toBe(false)
})

test('a key for a purpose is the same at every hub with the same sealing key, and no other purpose’s', () => {
  const again = createSealing(createSecretKey(Buffer.alloc(32, 1)))
  const other = createSealing(createSecretKey(Buffer.alloc(32, 2)))
  expect(again.derive('tokens')).toEqual(sealing.derive('tokens'))
  expect(sealing.derive('tokens')).toHaveLength(32)
  for (const key of [sealing.derive('others'), other.derive('tokens')])
    expect(key).not.toEqual(sealing.derive('tokens'))
})

test('another purpose, another key and any changed, missing or added byte are refused', () => {
  const sealed = sealing.seal('webhook whk-1', secret)
  const refused = expect.objectContaining({ code: 'seal-broken' })
  const outcome = (work: () => Buffer): unknown => {
    try {
      return work()
    } catch (error) {
      return error
    }
  }
  expect(outcome(() => sealing.open('webhook whk-2', sealed))).toEqual(refused)
  expect(outcome(() => createSealing(createSecretKey(Buffer.alloc(32, 2))).open('webhook whk-1', sealed))).toEqual(
    refused,
  )
  for (let length = 0; length < sealed.length; length++)
    expect(outcome(() => sealing.open('webhook whk-1', sealed.subarray(0, length)))).toEqual(refused)
  expect(outcome(() => sealing.open('webhook whk-1', Buffer.concat([sealed, Buffer.of(0)])))).toEqual(refused)
  for (let at = 0; at < sealed.length; at++) {
    const changed = Buffer.from(sealed)
    changed[at]! ^= 1
    expect(outcome(() => sealing.open('webhook whk-1', changed))).toEqual(refused)
  }
})
