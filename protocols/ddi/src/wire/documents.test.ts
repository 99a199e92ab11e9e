import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { bytesOf, thrownBy } from '../test/values.ts'
import { controllerUrl, isDdi, readAddress } from './address.ts'
import { readAuthorization } from './authorization.ts'
import { attributeLimits, readConfigData, readInstalledVersion } from './config-data.ts'
import * as documents from './documents.ts'
import { bodyLimit, depthLimit, readJson, syntaxErrorAt } from './json.ts'
import { readTime, writeSleep } from './time.ts'

const urls = { controller: controllerUrl('http://hub:8080', 'home', 'box 1') }
const artifact = {
  filename: 'image.swu',
  size: 1024,
  sha1: 'a'.repeat(40),
  md5: 'b'.repeat(32),
  sha256: 'c'.repeat(64),
}
const chunk = { part: 'os', name: 'linux', version: '2.0', artifacts: [artifact], metadata: [] }
const terms = { download: 'forced', update: 'forced', window: null } as const

describe('addresses', () => {
  test.each([
    ['/home/controller/v1/box', { kind: 'base' }],
    ['/home/controller/v1/box/', { kind: 'base' }],
    ['/rest/home/controller/v1/box', { kind: 'base' }],
    ['/home/controller/v1/box/configData', { kind: 'configData' }],
    ['/home/controller/v1/box/deploymentBase/7?c=-21', { kind: 'deployment', action: 7 }],
    ['/home/controller/v1/box/deploymentBase/7/feedback', { kind: 'deploymentFeedback', action: 7 }],
    ['/home/controller/v1/box/cancelAction/7', { kind: 'cancel', action: 7 }],
    ['/home/controller/v1/box/cancelAction/7/feedback', { kind: 'cancelFeedback', action: 7 }],
    ['/home/controller/v1/box/confirmationBase', { kind: 'confirmationBase' }],
    ['/home/controller/v1/box/confirmationBase/7', { kind: 'confirmation', action: 7 }],
    ['/home/controller/v1/box/confirmationBase/7/feedback', { kind: 'confirmationFeedback', action: 7 }],
    ['/home/controller/v1/box/confirmationBase/activateAutoConfirm', { kind: 'activateAutoConfirm' }],
    ['/home/controller/v1/box/confirmationBase/deactivateAutoConfirm', { kind: 'deactivateAutoConfirm' }],
    ['/home/controller/v1/box/installedBase', { kind: 'installedVersion' }],
    ['/home/controller/v1/box/installedBase/7', { kind: 'installed', action: 7 }],
    ['/home/controller/v1/box/softwaremodules/7/artifacts', { kind: 'artifacts', action: 7 }],
    ['/home/controller/v1/box/softwaremodules/7/artifacts/a%20b.swu', { kind: 'artifact', action: 7, file: 'a b.swu' }],
    ['/home/controller/v1/box/softwaremodules/7/artifacts/a.swu.MD5SUM', { kind: 'md5sum', action: 7, file: 'a.swu' }],
  ])('%s', (url, resource) => {
    expect(isDdi(url)).toBe(true)
    expect(readAddress(url)).toMatchObject({ tenant: 'home', controller: 'box', resource })
  })

  test.each([
    '/home/controller/v1/box/deploymentBase',
    '/home/controller/v1/box/deploymentBase/0',
    '/home/controller/v1/box/deploymentBase/9999999999999999',
    '/home/controller/v1/box/deploymentBase/7/feedback/8',
    '/home/controller/v1/box/installedBase/7/feedback',
    '/home/controller/v1/box/constructor/7',
    '/home/controller/v1/box/softwaremodules/7/artifacts/a/b',
    '/home/controller/v1/box/softwaremodules/7/artifacts/..%2f..%2fetc',
    '/home/controller/v1/box%00',
    '/home/controller/v1/%ff',
    `/home/controller/v1/${'x'.repeat(257)}`,
  ])('%s is nothing', (url) => {
    expect(thrownBy(() => readAddress(url))).toMatchObject({ code: 'not-found', clause: 'address' })
  })

  test('what is not DDI’s is left to others', () => {
    for (const url of ['/api/v1/devices', '/', '/controller/v1/box', '/files/controller/v1'])
      expect(isDdi(url)).toBe(false)
  })

  test('any tenant and controller comes back from its own URL', () => {
    const name = fc
      .string({ minLength: 1, maxLength: 60, unit: 'grapheme' })
      .filter((text) => !/[\p{Cc}\p{Cs}/]/u.test(text))
    fc.assert(
      fc.property(name, name, (tenant, controller) => {
        const url = controllerUrl('', tenant, controller)
        expect(readAddress(url)).toMatchObject({ tenant, controller, resource: { kind: 'base' } })
      }),
    )
  })

  test('the length of the history is asked for by number', () => {
    const history = (query: string) => readAddress(`/home/controller/v1/box/deploymentBase/7?${query}`).history
    expect([
      history('actionHistory=5'),
      history('c=2&actionHistory=-1'),
      history('c=2'),
      history('actionHistory=x'),
    ]).toEqual([5, -1, 0, 0])
  })
})

describe('documents', () => {
  test('the base resource has the links that apply, and the pause between polls', () => {
    const shown = { deployment: { action: 7, tag: 21 }, installed: 5, configData: true, confirmationBase: false }
    expect(JSON.parse(documents.controllerBase(urls, 300, shown))).toEqual({
      config: { polling: { sleep: '00:05:00' } },
      _links: {
        deploymentBase: { href: 'http://hub:8080/home/controller/v1/box%201/deploymentBase/7?c=21' },
        installedBase: { href: 'http://hub:8080/home/controller/v1/box%201/installedBase/5' },
        configData: { href: 'http://hub:8080/home/controller/v1/box%201/configData' },
      },
    })
  })

  test('a deployment has hashes.sha1, a whole size, and every form of link to its file', () => {
    const document = JSON.parse(documents.deploymentBase(urls, 7, terms, chunk, null))
    const href = 'http://hub:8080/home/controller/v1/box%201/softwaremodules/7/artifacts/image.swu'
    expect(document).toEqual({
      id: '7',
      deployment: {
        download: 'forced',
        update: 'forced',
        chunks: [
          {
            part: 'os',
            version: '2.0',
            name: 'linux',
            artifacts: [
              {
                filename: 'image.swu',
                hashes: { sha1: artifact.sha1, md5: artifact.md5, sha256: artifact.sha256 },
                size: 1024,
                _links: {
                  download: { href },
                  'download-http': { href },
                  md5sum: { href: `${href}.MD5SUM` },
                  'md5sum-http': { href: `${href}.MD5SUM` },
                },
              },
            ],
          },
        ],
      },
    })
  })

  test('a window, metadata and a history are there when there are some', () => {
    const shut = { download: 'attempt', update: 'skip', window: 'unavailable' } as const
    const history = { status: 'RUNNING', messages: ['b', 'a'] }
    const told = { ...chunk, metadata: [['k', 'v']] as const }
    const document = JSON.parse(documents.confirmationAction(urls, 7, shut, told, history))
    expect(document).toMatchObject({
      id: '7',
      confirmation: {
        update: 'skip',
        maintenanceWindow: 'unavailable',
        chunks: [{ metadata: [{ key: 'k', value: 'v' }] }],
      },
      actionHistory: history,
    })
  })

  test('action, cancelAction and stopId have one id', () => {
    expect(JSON.parse(documents.cancelAction(7))).toEqual({ id: '7', cancelAction: { stopId: '7' } })
  })

  test('the confirmation resource offers the change that is possible', () => {
    const waiting = { action: 7, tag: 3 }
    expect(JSON.parse(documents.confirmationBase(urls, { active: false }, waiting))._links).toEqual({
      activateAutoConfirm: { href: `${urls.controller}/confirmationBase/activateAutoConfirm` },
      confirmationBase: { href: `${urls.controller}/confirmationBase/7?c=3` },
    })
    const active = { active: true, initiator: 'anna', activatedAt: 5 }
    expect(JSON.parse(documents.confirmationBase(urls, active, null))).toEqual({
      autoConfirm: active,
      _links: { deactivateAutoConfirm: { href: `${urls.controller}/confirmationBase/deactivateAutoConfirm` } },
    })
  })

  test('an MD5SUM has the form of md5sum', () => {
    expect(documents.md5Sum(artifact)).toBe(`${'b'.repeat(32)}  image.swu`)
  })
})

describe('what a device says of itself', () => {
  test('is merged unless it says otherwise; numbers and truth values are texts', () => {
    expect(readConfigData(bytesOf({ id: '', data: { hw: 'r2', cpus: 4, tpm: true } }))).toEqual({
      mode: 'merge',
      data: [
        ['hw', 'r2'],
        ['cpus', '4'],
        ['tpm', 'true'],
      ],
    })
    expect(readConfigData(bytesOf({ mode: 'remove', data: { hw: null } }))).toEqual({
      mode: 'remove',
      data: [['hw', '']],
    })
  })

  test.each([
    ['an unknown mode', { mode: 'add', data: {} }, '/mode'],
    ['no data', { mode: 'merge' }, '/data'],
    ['a nested value', { data: { a: {} } }, '/data/a'],
    ['a long value', { data: { a: 'x'.repeat(attributeLimits.value + 1) } }, '/data/a'],
    ['a name with a slash', { data: { 'a/b': [] } }, '/data/a~1b'],
    ['too many', { data: Object.fromEntries(Array.from({ length: 101 }, (_, index) => [`a${index}`, ''])) }, '/data'],
  ])('with %s is refused', (_what, given, pointer) => {
    expect(thrownBy(() => readConfigData(bytesOf(given)))).toMatchObject({ code: 'bad-field', pointer })
  })

  test('the version it runs has a name and a version', () => {
    expect(readInstalledVersion(bytesOf({ name: 'linux', version: '2.0' }))).toEqual({ name: 'linux', version: '2.0' })
    expect(thrownBy(() => readInstalledVersion(bytesOf({ name: 'linux' })))).toMatchObject({ pointer: '/version' })
  })
})

describe('JSON of a device', () => {
  test('that is too large or too deep is refused before it is decoded', () => {
    expect(thrownBy(() => readJson(new Uint8Array(bodyLimit + 1), 'x'))).toMatchObject({
      code: 'too-large',
      status: 413,
    })
    const deep = (levels: number) => bytesOf('['.repeat(levels) + ']'.repeat(levels))
    expect(readJson(deep(depthLimit), 'x')).toBeInstanceOf(Array)
    expect(thrownBy(() => readJson(deep(depthLimit + 1), 'x'))).toMatchObject({ code: 'bad-json', offset: depthLimit })
    expect(readJson(bytesOf({ text: '['.repeat(100) }), 'x')).toEqual({ text: '['.repeat(100) })
  })

  test('that is broken is refused with the byte at which it breaks', () => {
    expect(thrownBy(() => readJson(bytesOf('{"ä": x}'), 'feedback'))).toMatchObject({
      code: 'bad-json',
      clause: 'feedback',
      offset: 7,
    })
    expect(thrownBy(() => readJson(bytesOf('{"a"'), 'x'))).toMatchObject({ code: 'bad-json', offset: 4 })
    const bytes = bytesOf('{"a": "äx"}')
    bytes[8] = 0x20
    expect(thrownBy(() => readJson(bytes, 'x'))).toMatchObject({ code: 'bad-json', offset: 8 })
  })

  test('any cut of a document breaks at its end, and any foreign character where it stands', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 4 }), fc.nat(), (json, number) => {
        const document = `[${json}]`
        const cut = number % document.length
        expect(syntaxErrorAt(document)).toBe(document.length)
        const ended = syntaxErrorAt(document.slice(0, cut))
        expect(ended).toBeLessThanOrEqual(cut)
        expect(syntaxErrorAt(`${document}?`)).toBe(document.length)
      }),
    )
  })
})

test('times are read in every form that was seen; what is none is no error', () => {
  const moment = Date.UTC(2026, 10, 22, 6, 14, 42)
  for (const form of ['20261122T061442', '20261122T061442Z', '2026-11-22T06:14:42Z', moment, String(moment)])
    expect(readTime(form)).toBe(moment)
  for (const none of ['', 'soon', null, {}, -1, 1.5, '9'.repeat(50)]) expect(readTime(none)).toBeNull()
})

test('pauses are written as hours, minutes and seconds, a day at most', () => {
  expect([5, 90, 3600, 1e9, 0].map(writeSleep)).toEqual(['00:00:05', '00:01:30', '01:00:00', '23:59:59', '00:00:01'])
})

test('target and gateway tokens are told apart', () => {
  expect(readAuthorization('TargetToken abc')).toEqual({ kind: 'target', token: 'abc' })
  expect(readAuthorization(' gatewaytoken  x=/+ ')).toEqual({ kind: 'gateway', token: 'x=/+' })
  for (const other of [undefined, '', 'Basic abc', 'TargetToken', 'TargetToken a b'])
    expect(readAuthorization(other)).toBeNull()
})
