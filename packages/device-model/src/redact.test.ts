import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { redact } from './redact.ts'

describe('what a device wrote, as a developer sees it', () => {
  it.each([
    ['logged in as anna.müller@example.org', 'logged in as [e-mail]'],
    ['Authorization: Bearer abcd.efgh-1234', 'Authorization: [secret] [secret]'],
    ['GET /x?token=abc123&part=2', 'GET /x?token=[secret]&part=2'],
    [
      'GET https://hub.example/files/00/01?d=dev-1&e=1790000000&m=abc 403',
      'GET https://hub.example/files/00/01?[secret] 403',
    ],
    [`token [${'41 '.repeat(40)}9]`, 'token [bytes]'],
    ['password="open sesame" next', 'password=[secret] next'],
    ['{"api_key":"k-1","ok":true}', '{"api_key":[secret],"ok":true}'],
    ['wifi_psk: hunter2', 'wifi_psk: [secret]'],
    ['mqtts://box:pass@broker.example:8883', 'mqtts://[secret]broker.example:8883'],
    ['link aa:BB:cc:00:11:22 up', 'link [mac] up'],
    ['from 192.168.178.20:51234 to 10.0.0.1', 'from [ip]:51234 to [ip]'],
    ['peer fe80::1ff:fe23:4567:890a and 2001:db8:0:0:0:0:0:1, ::1', 'peer [ip] and [ip], [ip]'],
    ['enrolled with clm_0123456789abcdefgh', 'enrolled with [secret]'],
    ['jwt eyJhbGciOiJub25lIn0.eyJzdWIiOiJ4In0.', 'jwt [token]'],
    ['call +49 170 1234567 now', 'call [phone] now'],
    ['imei 490154203237518', 'imei [number]'],
    ['-----BEGIN PRIVATE KEY-----\nMIIB\n-----END PRIVATE KEY-----\nafter', '[key]\nafter'],
    ['-----BEGIN PRIVATE KEY-----\nMIIB that was cut', '[key]'],
    ['aGVsbG8gd29ybGQgaGVsbG8gd29ybGQgMTIz', '[secret]'],
  ])('%j becomes %j', (text, clean) => {
    expect(redact(text).text).toBe(clean)
    expect(redact(text).redacted).toBeGreaterThan(0)
  })

  it.each([
    'rolled-back: health-check-failed: exit status 1',
    '2 of 854 files are not as ordered: app/main.js, index.html',
    'at Object.<anonymous> (/opt/app/main.mjs:12:34)',
    'version 1.2.3, 2026-11-26T15:20:00.000Z, 12:30:45',
    'sha256 e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  ])('%j is left as it is', (text) => {
    expect(redact(text)).toEqual({ text, redacted: 0 })
  })

  it('keeps no secret, whatever stands around it', () => {
    const secrets = [
      'anna@example.org',
      'token=s3cr3t',
      '192.168.1.77',
      'aa:bb:cc:dd:ee:ff',
      'Bearer s3cr3t',
      'clm_s3cr3ts3cr3t00',
    ]
    const noise = fc.string({ unit: 'binary', maxLength: 30 })
    fc.assert(
      fc.property(noise, fc.constantFrom(...secrets), noise, (before, secret, after) => {
        expect(redact(`${before}\n${secret}\n${after}`).text).not.toContain(secret)
      }),
    )
  })

  it('takes hostile text of a megabyte apart without looking back over it', () => {
    const hostile = [
      'a'.repeat(1_048_576),
      'a:'.repeat(524_288),
      '1-'.repeat(524_288),
      'aA1'.repeat(349_525),
      'token='.repeat(174_762),
      'http://'.repeat(149_796),
      '[1 2 '.repeat(209_715),
    ]
    for (const text of hostile) expect(redact(text).text.length).toBeLessThanOrEqual(2 * 1_048_576)
  })
})
