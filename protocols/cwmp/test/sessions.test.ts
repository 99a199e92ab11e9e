import { expect, test } from 'vitest'
import { autonomousTransfer, autonomousUnitChange, node, plainDialect, writeMessage } from '@sutler/simulators/cwmp'
import { digestAuthorization } from '../../../simulators/src/cwmp/net/digest.ts'
import { messages } from '../src/test/samples.ts'
import { Setting } from './setting.ts'

const text = (method: string) => writeMessage(plainDialect, { id: 'x' }, messages[method]!)
const post = (url: string, body: string | Uint8Array, headers: Record<string, string> = {}) =>
  fetch(url, { method: 'POST', body, headers })

test('a session is Inform, the device’s requests, its empty request, the ACS’s requests, and 204', async () => {
  await using setting = await Setting.open()
  const device = await setting.known()
  expect(device.sessions[0]!.lines).toEqual([
    '> Inform',
    '< InformResponse',
    '> empty',
    '< GetRPCMethods',
    '> GetRPCMethodsResponse',
    ...Array.from({ length: 4 }, () => ['< GetParameterNames', '> GetParameterNamesResponse']).flat(),
    ...Array.from({ length: 3 }, () => ['< GetParameterValues', '> GetParameterValuesResponse']).flat(),
    '< SetParameterValues',
    '> SetParameterValuesResponse',
    '< GetParameterAttributes',
    '> GetParameterAttributesResponse',
    '< SetParameterAttributes',
    '> SetParameterAttributesResponse',
    '< 204',
  ])
  await device.periodic()
  expect(device.sessions[1]!.lines).toEqual(['> Inform', '< InformResponse', '> empty', '< 204'])
})

test('a device without proof is challenged by 401 Digest, and shows it then', async () => {
  await using setting = await Setting.open()
  const first = await post(setting.acs.url, text('Inform'))
  expect(first.status).toBe(401)
  expect(first.headers.get('www-authenticate')).toMatch(
    /^Digest realm="sutler", qop="auth", algorithm=MD5, nonce="[^"]+"$/,
  )
  const device = await setting.known({ habits: { auth: 'digest' } })
  expect(device.sessions[0]!.ended).toBe(true)
})

test('Basic is taken only where the operator allows it; a client that tries it first then shows Digest', async () => {
  await using open = await Setting.open({ basic: 'always' })
  expect((await open.device({ habits: { auth: 'basic' } }).bootstrap()).ended).toBe(true)
  await using encrypted = await Setting.open({ basic: 'encrypted' })
  expect((await encrypted.device({ habits: { auth: 'basic' } }).bootstrap()).status).toBe(401)
  await using never = await Setting.open({ basic: 'never' })
  expect((await never.device({ habits: { auth: 'basic-first' } }).bootstrap()).ended).toBe(true)
})

test('a proxy of the operator’s speaks for its devices, nobody else does', async () => {
  const headers = {
    'x-forwarded-for': '10.9.9.9, 192.0.2.7',
    'x-forwarded-proto': 'https',
    authorization: `Basic ${btoa('box-1:secret')}`,
  }
  for (const [front, status, address] of [
    [true, 200, '192.0.2.7'],
    [false, 401, undefined],
  ] as const) {
    await using setting = await Setting.open({ basic: 'encrypted', front: () => front })
    setting.device()
    const authenticate = setting.host.authenticate.bind(setting.host)
    let from: string | undefined
    setting.host.authenticate = (claim) => {
      from = claim.address
      return authenticate(claim)
    }
    const inform = text('Inform').replace('00AABB', '0000C0').replace('S&lt;1&gt;', 'S1')
    expect((await post(setting.acs.url, inform, headers)).status).toBe(status)
    expect(from).toBe(address)
  }
})

test('a proof is taken once: a replayed one is challenged anew, with stale', async () => {
  await using setting = await Setting.open()
  setting.device()
  const url = setting.acs.url
  const challenge = (await post(url, text('Inform'))).headers.get('www-authenticate')!
  const authorization = digestAuthorization(challenge, 'POST', '/cwmp', { username: 'box-1', password: 'secret' }, 1)
  const inform = text('Inform').replace('00AABB', '0000C0').replace('S&lt;1&gt;', 'S1')
  expect((await post(url, inform, { authorization })).status).toBe(200)
  const again = await post(url, inform, { authorization })
  expect([again.status, again.headers.get('www-authenticate')]).toEqual([401, expect.stringContaining('stale=true')])
})

test('a device that the hub does not know is challenged, and one that waits is told to come later', async () => {
  await using setting = await Setting.open()
  const identity = { manufacturer: 'Sim', oui: '0000C0', productClass: 'Box', serialNumber: 'nobody' }
  expect((await setting.device({ identity }).bootstrap()).status).toBe(401)
  setting.host.authenticate = async () => ({ waiting: true })
  const waiting = setting.device()
  expect((await waiting.bootstrap()).status).toBe(503)
  expect(setting.host.said).toEqual([])
})

test('a session is known by its cookie or, where a client sends none back, by its connection', async () => {
  await using setting = await Setting.open()
  const device = await setting.known({ habits: { cookies: false } })
  expect(device.sessions[0]!.ended).toBe(true)
  const inform = await fetch(setting.acs.url, {
    method: 'POST',
    body: text('Inform').replace('00AABB', '0000C0').replace('S&lt;1&gt;', 'S1'),
    headers: { authorization: `Basic ${btoa('box-1:secret')}`, connection: 'close' },
  })
  const cookie = inform.headers.get('set-cookie')!.split(';')[0]!
  expect(inform.headers.get('set-cookie')).toMatch(/; Path=\/cwmp; HttpOnly$/)
  expect(await (await post(setting.acs.url, '', { cookie, connection: 'close' })).text()).toContain('<cwmp:Get')
})

test('what comes without a session is refused, and so is an answer to nothing', async () => {
  await using setting = await Setting.open()
  const device = setting.device()
  for (const body of ['', text('TransferComplete'), text('DownloadResponse')])
    expect((await post(setting.acs.url, body)).status).toBe(400)
  expect((await post(setting.acs.url, '', { cookie: 'sutler-cwmp=0123456789abcdef0123456789abcdef' })).status).toBe(400)
  const inform = text('Inform').replace('00AABB', '0000C0').replace('S&lt;1&gt;', 'S1')
  const opened = await post(setting.acs.url, inform, { authorization: `Basic ${btoa('box-1:secret')}` })
  const cookie = opened.headers.get('set-cookie')!.split(';')[0]!
  expect((await post(setting.acs.url, text('RebootResponse'), { cookie })).status).toBe(400)
  expect(setting.acs.problems.at(-1)).toMatchObject({ kind: 'refused', device: setting.id(device) })
  expect((await post(setting.acs.url, '', { cookie })).status).toBe(400)
})

test('an answer must have the id and the method of what was asked', async () => {
  await using setting = await Setting.open()
  const cases = [
    ['GetRPCMethodsResponse', '', 200],
    ['GetRPCMethodsResponse', 'other', 400],
    ['RebootResponse', '', 400],
  ] as const
  for (const [at, [answer, id, status]] of cases.entries()) {
    setting.device()
    const inform = text('Inform')
      .replace('00AABB', '0000C0')
      .replace('S&lt;1&gt;', `S${at + 1}`)
    const opened = await post(setting.acs.url, inform, { authorization: `Basic ${btoa('box:secret')}` })
    const cookie = opened.headers.get('set-cookie')!.split(';')[0]!
    expect(await (await post(setting.acs.url, '', { cookie })).text()).toContain('<cwmp:GetRPCMethods>')
    const body = writeMessage(plainDialect, { id }, messages[answer]!)
    expect((await post(setting.acs.url, body, { cookie })).status).toBe(status)
  }
})

test('a session that the device leaves half-way is over, and its work is done in the next', async () => {
  await using setting = await Setting.open()
  const device = await setting.known()
  const { delivery } = setting.install(device, '1.0.0')
  for (const posts of [1, 2, 3]) {
    device.faults.abandonAfter = posts
    await device.periodic()
  }
  await device.periodic()
  await device.settle()
  expect(setting.outcome(device, delivery)).toMatchObject({ result: 'installed' })
  expect(device.installer.installs).toBe(1)
})

test('of two sessions of one device at once the newer one goes on', async () => {
  await using setting = await Setting.open()
  setting.device()
  const inform = text('Inform').replace('00AABB', '0000C0').replace('S&lt;1&gt;', 'S1')
  const cookies: string[] = []
  for (let session = 0; session < 2; session++) {
    const opened = await post(setting.acs.url, inform, { authorization: `Basic ${btoa('box-1:secret')}` })
    cookies.push(opened.headers.get('set-cookie')!.split(';')[0]!)
  }
  expect((await post(setting.acs.url, '', { cookie: cookies[0]! })).status).toBe(400)
  expect((await post(setting.acs.url, '', { cookie: cookies[1]! })).status).toBe(200)
})

test('of two hubs with a session of one device the slower one gives up without a trace', async () => {
  await using setting = await Setting.open()
  const device = await setting.known()
  setting.install(device, '1.0.0')
  const { remember } = setting.host
  setting.host.remember = async () => null
  const log = await device.periodic()
  expect(log.status).toBe(503)
  expect(setting.acs.problems.at(-1)).toMatchObject({ kind: 'overtaken' })
  setting.host.remember = remember.bind(setting.host)
  await device.periodic()
  await device.settle()
  expect(device.installer.installs).toBe(1)
})

test('a device is sent away by 503 with Retry-After when the hub fails, and nothing is lost', async () => {
  await using setting = await Setting.open()
  const device = await setting.known()
  const { delivery } = setting.install(device, '1.0.0')
  await device.periodic()
  const inputs = setting.host.inputs.bind(setting.host)
  setting.host.inputs = async () => {
    throw new Error('the database is away')
  }
  await device.settle()
  expect(device.sessions.at(-1)!.status).toBe(503)
  setting.host.inputs = inputs
  await device.periodic()
  expect(setting.outcome(device, delivery)).toMatchObject({ result: 'installed' })
})

test('in a storm of Informs those beyond the limit come again at times of their own', async () => {
  await using setting = await Setting.open({ sessionLimit: 3 })
  const times = new Set<string>()
  for (let number = 0; number < 12; number++) {
    const device = setting.device()
    device.faults.abandonAfter = 1
    const log = await device.bootstrap()
    expect(log.status).toBe(number < 3 ? 200 : 503)
    if (number >= 3) times.add(String(log.retryAfter))
  }
  expect(times.size).toBeGreaterThan(4)
  expect([...times].every((each) => Number(each) >= 30 && Number(each) < 300)).toBe(true)
})

test('periodic Informs are spread over their interval, and the login of connection requests is set', async () => {
  await using setting = await Setting.open({ informInterval: 600 })
  const phases = new Set<number>()
  for (let number = 0; number < 8; number++) {
    const { model } = await setting.known()
    expect(model.value('ManagementServer.PeriodicInformEnable')).toBe('1')
    expect(model.value('ManagementServer.PeriodicInformInterval')).toBe('600')
    expect(model.value('ManagementServer.ConnectionRequestUsername')).toBe('acs')
    expect(model.value('ManagementServer.ConnectionRequestPassword')).toBe('please')
    phases.add(Date.parse(model.value('ManagementServer.PeriodicInformTime')) % 600_000)
  }
  expect(phases.size).toBeGreaterThan(5)
})

test('settings are given once, to a device that never names their key too, and again when it has lost them', async () => {
  await using setting = await Setting.open()
  for (const parameterKey of [true, false]) {
    const device = await setting.known({ habits: { parameterKey } })
    await device.periodic()
    expect(device.asked.filter((method) => method === 'SetParameterValues')).toHaveLength(1)
    device.model.put('ManagementServer.ParameterKey', '')
    await device.periodic()
    expect(device.asked.filter((method) => method === 'SetParameterValues')).toHaveLength(parameterKey ? 2 : 1)
  }
})

test('a cancel goes before the device’s own requests: they are held, and let go afterwards', async () => {
  await using setting = await Setting.open()
  const device = await setting.known({ model: 'tr098' })
  const { delivery } = setting.install(device, '1.0.0', 'firmware')
  await device.periodic()
  setting.order(device, { kind: 'cancel', delivery, reason: 'withdrawn' })
  await device.report('8 DIAGNOSTICS COMPLETE', autonomousTransfer('http://x', '3 Vendor Configuration File', 1))
  expect(device.sessions.at(-1)!.lines).toEqual([
    '> Inform',
    '< InformResponse (hold)',
    '> empty',
    '< CancelTransfer (hold)',
    '> CancelTransferResponse',
    '< GetRPCMethods',
    '> GetRPCMethodsResponse',
    '< 204',
    '> AutonomousTransferComplete',
    '< AutonomousTransferCompleteResponse',
    '> empty',
    '< GetParameterValues',
    '> GetParameterValuesResponse',
    '< 204',
  ])
  expect(setting.outcome(device, delivery)).toMatchObject({ result: 'failed', error: 'cancelled' })
})

test('GetRPCMethods of the CPE is answered; methods that the ACS does not offer get fault 8000', async () => {
  await using setting = await Setting.open()
  const device = await setting.known()
  await device.report('9 REQUEST DOWNLOAD', node('GetRPCMethods', ''), node('RequestDownload', [node('FileType', '1')]))
  expect(device.sessions.at(-1)!.lines.slice(2, 6)).toEqual([
    '> GetRPCMethods',
    '< GetRPCMethodsResponse',
    '> RequestDownload',
    '< Fault',
  ])
})

test('what changes by itself is acknowledged, and what is in place is told anew', async () => {
  await using setting = await Setting.open()
  const device = await setting.known()
  device.installer.alter([{ name: 'radio', version: '3' }])
  const result = {
    uuid: 'u',
    unit: 'Device.SoftwareModules.DeploymentUnit.1',
    version: '3',
    state: 'Installed' as const,
    code: 0,
    text: '',
  }
  await device.report('12 AUTONOMOUS DU STATE CHANGE COMPLETE', autonomousUnitChange('Install', result))
  expect(setting.host.of(setting.id(device), 'inventory').at(-1)!.units).toContainEqual({ name: 'radio', version: '3' })
  await device.report('10 AUTONOMOUS TRANSFER COMPLETE', autonomousTransfer('http://x', '2 Web Content', 1))
  expect(setting.host.of(setting.id(device), 'inventory').length).toBe(2)
})

test('every event code is taken, known or not', async () => {
  await using setting = await Setting.open()
  const device = await setting.known()
  const { eventCodes } = await import('../src/wire/values.ts')
  for (const code of [...eventCodes, 'X 0000C0 Toast done'].filter((each) => !each.startsWith('0 '))) {
    await device.inform({ code, commandKey: 'k' })
    expect(device.sessions.at(-1)!.ended, code).toBe(true)
  }
})

test.each([
  ['no XML', 'hello', 400],
  ['a document type', '<!DOCTYPE a><a/>', 400],
  ['an envelope of another kind', '<a/>', 400],
  ['more than may be sent', 'x'.repeat(2_000_001), 413],
])('a body that is %s is refused, and the server goes on', async (_what, body, status) => {
  await using setting = await Setting.open()
  expect((await post(setting.acs.url, body)).status).toBe(status)
  expect((await fetch(setting.acs.url)).status).toBe(405)
  expect((await post(setting.acs.url, 'x', { 'content-encoding': 'gzip' })).status).toBe(415)
  expect((await setting.known()).sessions[0]!.ended).toBe(true)
})
