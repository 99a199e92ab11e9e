import { describe, expect, test } from 'vitest'
import { hostOf } from './loopback.ts'

describe('whom a fleet may talk to', () => {
  test.each([
    'https://127.0.0.1:8480',
    'http://127.0.0.1:8480',
    'http://localhost:8480',
    'http://[::1]:8480',
    'http://127.9.9.9:8480',
  ])('this machine: %s', (url) => {
    expect(hostOf(url, 'http', false)).toMatchObject({ port: 8480, tls: url.startsWith('https') })
  })

  test.each(['https://10.0.0.1', 'https://127.0.0.1.example.org', 'https://localhost.example.org', 'https://0.0.0.0'])(
    'no other machine unless it is allowed: %s',
    (url) => {
      expect(() => hostOf(url, 'http', false)).toThrow(expect.objectContaining({ code: 'not-loopback' }))
      expect(hostOf(url, 'http', true).port).toBe(443)
    },
  )

  test.each(['http://10.0.0.1', 'mqtts://127.0.0.1', 'file:///etc/passwd', 'nonsense'])(
    'no other scheme, and no other machine without TLS: %s',
    (url) => {
      expect(() => hostOf(url, 'http', true)).toThrow(expect.objectContaining({ code: 'unsupported-url' }))
    },
  )
})
