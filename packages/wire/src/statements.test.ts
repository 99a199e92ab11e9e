import { expect, test } from 'vitest'
import {
  clipText,
  connectPassword,
  connectStatement,
  deviceOfTopic,
  digestBytes,
  digestHex,
  enrolStatement,
  readConnectPassword,
  topics,
} from './index.ts'

const nonce = 'A'.repeat(22)
const signature = 'b'.repeat(86)

test('statements are their parts joined by line feeds', () => {
  expect(enrolStatement('clm_x', 'S-1', 'key')).toBe('sutler-enrol/1\nclm_x\nS-1\nkey')
  expect(connectStatement('hub-1', 'dev-1', 1_790_000_000_000, nonce)).toBe(
    `sutler-connect/1\nhub-1\ndev-1\n1790000000000\n${nonce}`,
  )
})

test('a password is read back to its parts', () => {
  const password = connectPassword(1_790_000_000_000, nonce, signature)
  expect(readConnectPassword(password)).toEqual({ time: 1_790_000_000_000, nonce, signature })
})

test.each([
  '',
  '1.2.3',
  `x.${nonce}.${signature}`,
  `1.${nonce}.${signature}.`,
  `1.${nonce}=.${signature}`,
  `-1.${nonce}.${signature}`,
])('the password %j is none', (password) => expect(readConnectPassword(password)).toBeNull())

test('a device is known by its own up topic only', () => {
  expect(deviceOfTopic(topics('dev-00000001').up)).toBe('dev-00000001')
  for (const topic of [
    'sutler/1/dev-00000001/down',
    'sutler/1/+/up',
    'sutler/1/a/b/up',
    'sutler/1/DEV-00000001/up',
    '#',
  ]) {
    expect(deviceOfTopic(topic)).toBeNull()
  }
})

test('a digest is 64 lower-case digits or 32 bytes, nothing else', () => {
  const hex = `00ff${'5a'.repeat(30)}`
  expect(digestHex(digestBytes(hex))).toBe(hex)
  expect(() => digestBytes(hex.toUpperCase())).toThrow(/bad-field/)
  expect(() => digestHex(new Uint8Array(20))).toThrow(/32 bytes, not 20/)
})

test('a text is clipped at a whole character', () => {
  expect(clipText('short')).toBe('short')
  expect(clipText('aé😀b', 6)).toBe('aé')
  expect(clipText('aé😀b', 7)).toBe('aé😀')
  expect(new TextEncoder().encode(clipText('😀'.repeat(5000)))).toHaveLength(4096)
})
