import { describe, expect, test } from 'vitest'
import { hostOf } from './loopback.ts'

describe('whom a fleet may talk to', () => {
  test.each(['http://127.0.0.1:8480', 'http://localhost:8480', 'http://[::1]:8480', 'http://127.9.9.9:8480'])(
    'this machine: %s',
    (url) => {
      expect(hostOf(url, 'http:', false).port).toBe(8480)
    },
  )

  test.each(['http://10.0.0.1', 'http://127.0.0.1.example.org', 'http://localhost.example.org', 'http://0.0.0.0'])(
    'no other machine unless it is allowed: %s',
    (url) => {
      expect(() => hostOf(url, 'http:', false)).toThrow(expect.objectContaining({ code: 'not-loopback' }))
      expect(hostOf(url, 'http:', true).port).toBe(80)
    },
  )

  test.each(['https://127.0.0.1', 'mqtts://127.0.0.1', 'file:///etc/passwd', 'nonsense'])(
    'no other scheme: %s',
    (url) => {
      expect(() => hostOf(url, 'http:', true)).toThrow(expect.objectContaining({ code: 'unsupported-url' }))
    },
  )
})
