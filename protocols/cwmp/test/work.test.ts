import { describe, expect, test } from 'vitest'
import { imageOf } from '@sutler/simulators/cwmp'
import { Setting } from './setting.ts'

describe('firmware', () => {
  test('is proved by the version that the device names after its restart', async () => {
    await using setting = await Setting.open()
    const device = await setting.known({ model: 'tr098' })
    const { delivery } = setting.install(device, '2.0', 'firmware')
    await device.periodic()
    expect(device.jobs).toMatchObject([{ kind: 'download', fileType: '1 Firmware Upgrade Image', target: '' }])
    expect(setting.outcome(device, delivery)).toBeUndefined()
    await device.settle()
    expect(device.sessions.at(-1)!.lines.slice(0, 4)).toEqual([
      '> Inform',
      '< InformResponse',
      '> TransferComplete',
      '< TransferCompleteResponse',
    ])
    expect(setting.outcome(device, delivery)).toMatchObject({
      result: 'installed',
      reported: { name: 'guide', version: '2.0', by: 'InternetGatewayDevice.DeviceInfo.SoftwareVersion' },
    })
    expect(setting.report(device).units).toContainEqual({ name: 'guide', version: '2.0' })
  })

  test.each(['session-later', 'under-periodic'] as const)(
    'is proved when TransferComplete comes %s',
    async (completes) => {
      await using setting = await Setting.open()
      const device = await setting.known({ model: 'tr098', habits: { completes } })
      const { delivery } = setting.install(device, '2.0', 'firmware')
      await device.periodic()
      await device.settle()
      expect(setting.outcome(device, delivery)).toMatchObject({ result: 'installed' })
    },
  )

  test('that runs already is proved without a download', async () => {
    await using setting = await Setting.open()
    const device = await setting.known({ model: 'tr098' })
    const { delivery } = setting.install(device, '0.9', 'firmware')
    await device.periodic()
    expect(setting.outcome(device, delivery)).toMatchObject({ result: 'installed' })
    expect(device.asked).not.toContain('Download')
  })

  test('that does not run after the restart was rolled back', async () => {
    await using setting = await Setting.open()
    const device = await setting.known({ model: 'tr098' })
    device.faults.pretend = true
    const { delivery } = setting.install(device, '2.0', 'firmware')
    await device.periodic()
    await device.settle()
    expect(setting.outcome(device, delivery)).toMatchObject({ result: 'rolled-back', error: 'cwmp-old-firmware' })
  })

  test('that is done and never shows fails after three sessions, and the device is asked to come again soon', async () => {
    await using setting = await Setting.open()
    const device = await setting.known({ model: 'tr098', habits: { completes: 'under-periodic' } })
    device.faults.pretend = true
    const { delivery } = setting.install(device, '2.0', 'firmware')
    await device.periodic()
    await device.settle()
    expect(device.scheduled).toEqual([{ seconds: 30, commandKey: 'again' }])
    for (const _session of [2, 3])
      await device.inform({ code: '3 SCHEDULED' }, { code: 'M ScheduleInform', commandKey: 'again' })
    expect(setting.outcome(device, delivery)).toMatchObject({ result: 'failed', error: 'cwmp-not-proved' })
  })

  test.each([
    [9010, 'download failed'],
    [9018, 'corrupted'],
    [9019, 'authentication failed'],
  ])('that cannot be had fails with the code of the device: %i', async (code, words) => {
    await using setting = await Setting.open()
    const device = await setting.known({ model: 'tr098' })
    device.faults.fail = { stage: 'downloading', code }
    const { delivery } = setting.install(device, '2.0', 'firmware')
    await device.periodic()
    await device.settle()
    const outcome = setting.outcome(device, delivery)
    expect(outcome).toMatchObject({ result: 'failed', error: `cwmp-${code}` })
    expect(outcome!.health.detail).toContain(words)
  })

  test('CommandKeys are taken with white space around them', async () => {
    await using setting = await Setting.open()
    const device = await setting.known({ model: 'tr098', dialect: { spaced: true } })
    const { delivery } = setting.install(device, '2.0', 'firmware')
    await device.periodic()
    await device.settle()
    expect(setting.outcome(device, delivery)).toMatchObject({ result: 'installed' })
  })
})

describe('deployment units', () => {
  test('are installed, updated and removed by ChangeDUState, and proved by their table', async () => {
    await using setting = await Setting.open()
    const device = await setting.known()
    for (const version of ['1.0.0', '1.1.0']) {
      const { delivery } = setting.install(device, version)
      await device.periodic()
      await device.settle()
      expect(setting.outcome(device, delivery)).toMatchObject({
        result: 'installed',
        reported: { name: 'guide', version, by: 'Device.SoftwareModules.DeploymentUnit.1.Version' },
      })
    }
    const row = { name: 'guide', version: '1.1.0' }
    expect(device.installer.units()).toEqual([row])
    expect(device.model.value('SoftwareModules.DeploymentUnit.1.UUID')).toMatch(
      /^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-/,
    )
    setting.order(device, { kind: 'remove', delivery: 'dlv-gone', epoch: 9, service: 'guide', role: 'unit', unit: row })
    await device.periodic()
    await device.settle()
    expect(setting.outcome(device, 'dlv-gone')).toMatchObject({ result: 'removed' })
    expect(device.installer.units()).toEqual([])
  })

  test('a device that does not know ChangeDUState gets the file by Download, and its report says so', async () => {
    await using setting = await Setting.open()
    const device = await setting.known({ habits: { deploymentUnits: false, without: ['GetRPCMethods'] } })
    const { delivery } = setting.install(device, '1.0.0')
    await device.periodic()
    await device.settle()
    expect(setting.outcome(device, delivery)).toMatchObject({
      result: 'installed',
      reported: { by: 'TransferComplete of s1' },
    })
    const report = setting.report(device)
    expect(report.features).toContain('no-deployment-units')
    expect(setting.protocol.limits({ kind: 'remove', role: 'unit' }, report)).toContain('does not know ChangeDUState')
    const next = setting.install(device, '1.1.0')
    device.asked.length = 0
    await device.periodic()
    await device.settle()
    expect(setting.outcome(device, next.delivery)).toMatchObject({ result: 'installed' })
    expect(device.asked).not.toContain('ChangeDUState')
  })

  test('an operation that meets another state of the unit is repeated as what it must be', async () => {
    await using setting = await Setting.open()
    const device = await setting.known()
    const { delivery } = setting.install(device, '1.0.0')
    await device.periodic()
    const uuid = (device.jobs[0] as unknown as { operations: { uuid: string }[] }).operations[0]!.uuid
    device.installer.alter([{ name: 'guide', version: '0.5' }])
    device.model.put('SoftwareModules.DeploymentUnit.1.UUID', uuid)
    await device.settle()
    expect(setting.outcome(device, delivery)).toMatchObject({ result: 'installed', reported: { version: '1.0.0' } })
  })

  test.each([
    ['ChangeDUState', 'unit', 9001, 'refused'],
    ['Download', 'firmware', 9004, 'no-space'],
    ['Download', 'firmware', 9000, 'unsupported'],
  ] as const)('%s of a %s that is refused with %i is declined: %s', async (method, role, code, reason) => {
    await using setting = await Setting.open()
    const device = await setting.known()
    device.faults.refuse = { method, code }
    const { delivery } = setting.install(device, '1.0.0', role)
    await device.periodic()
    expect(setting.declined(device)).toMatchObject([{ delivery, reason }])
    expect(setting.host.waiting(setting.id(device))).toBe(0)
  })
})

describe('files and settings', () => {
  test('go one after the other, under their paths, and are proved by TransferComplete', async () => {
    await using setting = await Setting.open()
    const device = await setting.known({ model: 'tr098' })
    const contents = ['a', 'b', 'c'].map((name) => Buffer.from(`file ${name}`))
    const { delivery } = setting.installFiles(device, '1', 'files', contents)
    await device.periodic()
    await device.settle()
    expect([...device.installer.files]).toEqual(contents.map((content, at) => [`guide-${at}.img`, content]))
    expect(setting.outcome(device, delivery)).toMatchObject({
      result: 'installed',
      reported: { by: 'TransferComplete of s1.2' },
    })
  })

  test('a configuration file is proved by the table of configuration files', async () => {
    await using setting = await Setting.open()
    const device = await setting.known()
    const { delivery } = setting.install(device, '7', 'configuration', 'wlan')
    await device.periodic()
    await device.settle()
    expect(setting.outcome(device, delivery)).toMatchObject({
      result: 'installed',
      reported: { name: 'wlan', version: '7', by: 'Device.DeviceInfo.VendorConfigFile' },
    })
  })

  test('a Download that is done at once needs no TransferComplete', async () => {
    await using setting = await Setting.open()
    const device = await setting.known({ habits: { immediate: true } })
    const { delivery } = setting.install(device, '7', 'files')
    await device.periodic()
    expect(setting.outcome(device, delivery)).toMatchObject({ result: 'installed' })
  })

  test('a repeated request after a lost answer is recognised by its CommandKey', async () => {
    await using setting = await Setting.open()
    const device = await setting.known({ model: 'tr098' })
    const { delivery } = setting.install(device, '2.0', 'firmware')
    // Inform, empty request, and the answer to Download is never sent.
    device.faults.abandonAfter = 2
    await device.periodic()
    expect(device.jobs).toHaveLength(1)
    await device.periodic()
    expect(device.sessions.at(-1)!.lines).toContain('< GetAllQueuedTransfers')
    expect(device.asked.filter((method) => method === 'Download')).toHaveLength(1)
    await device.settle()
    expect(setting.outcome(device, delivery)).toMatchObject({ result: 'installed' })
    expect(device.installer.installs).toBe(1)
  })
})

describe('file addresses', () => {
  test('are short, sealed to one work of one device, and end with it', async () => {
    await using setting = await Setting.open()
    const [one, two] = [await setting.known({ model: 'tr098' }), await setting.known({ model: 'tr098' })]
    setting.install(one, '2.0', 'firmware')
    await one.periodic()
    const { url } = one.jobs[0] as { url: string }
    expect(url.length).toBeLessThanOrEqual(256)
    const image = imageOf({ name: 'guide', version: '2.0' }, 2_000)
    const whole = await fetch(url)
    expect([whole.status, Buffer.from(await whole.arrayBuffer()).equals(image)]).toEqual([200, true])
    const part = await fetch(url, { headers: { range: 'bytes=1990-' } })
    expect([part.status, part.headers.get('content-range'), (await part.arrayBuffer()).byteLength]).toEqual([
      206,
      'bytes 1990-1999/2000',
      10,
    ])
    expect((await fetch(url, { headers: { range: 'bytes=2000-' } })).status).toBe(416)
    expect((await fetch(url, { method: 'HEAD' })).headers.get('content-length')).toBe('2000')
    expect((await fetch(url, { method: 'PUT', body: 'x' })).status).toBe(405)
    expect((await fetch(url.replace(setting.id(one), setting.id(two)))).status).toBe(404)
    expect((await fetch(url.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A')))).status).toBe(404)
    await one.settle()
    expect((await fetch(url)).status).toBe(404)
  })
})

describe('other orders', () => {
  test('a log is uploaded, and cut to what was asked for', async () => {
    await using setting = await Setting.open()
    const device = await setting.known()
    setting.order(device, { kind: 'collect-log', request: 'log-1', bytes: 6 })
    await device.periodic()
    await device.settle()
    expect(setting.host.of(setting.id(device), 'log')).toMatchObject([{ request: 'log-1', text: 'e log\n' }])
  })

  test('a log is read as a parameter where the device does not know Upload', async () => {
    await using setting = await Setting.open()
    const device = setting.device({ habits: { without: ['Upload', 'GetRPCMethods'] } })
    device.model.put('DeviceInfo.DeviceLog', 'all is well')
    await device.bootstrap()
    setting.order(device, { kind: 'collect-log', request: 'log-1', bytes: 4 })
    await device.periodic()
    await device.periodic()
    expect(setting.host.of(setting.id(device), 'log')).toMatchObject([{ request: 'log-1', text: 'well' }])
  })

  test('settings are set with the types that the device has, rows are added and deleted', async () => {
    await using setting = await Setting.open()
    const device = await setting.known({ model: 'tr098' })
    const row = 'Layer3Forwarding.Forwarding'
    const set = setting.order(device, {
      kind: 'configure',
      settings: {
        'DeviceInfo.ProvisioningCode': 77,
        [`${row}.+.DestIPAddress`]: '10.0.0.0',
        [`${row}.+.Enable`]: true,
      },
    })
    await device.periodic()
    expect(setting.error(set)).toBeNull()
    expect(device.model.value('DeviceInfo.ProvisioningCode')).toBe('77')
    expect([device.model.value(`${row}.1.DestIPAddress`), device.model.value(`${row}.1.Enable`)]).toEqual([
      '10.0.0.0',
      '1',
    ])
    const gone = setting.order(device, { kind: 'configure', settings: { [`InternetGatewayDevice.${row}.1.`]: false } })
    await device.periodic()
    expect(setting.error(gone)).toBeNull()
    expect(device.model.at(`InternetGatewayDevice.${row}.1.Enable`)).toBeUndefined()
  })

  test('a setting that the device refuses is told parameter by parameter', async () => {
    await using setting = await Setting.open()
    const device = await setting.known()
    const unknown = setting.order(device, { kind: 'configure', settings: { 'Device.No.Such': 1 } })
    const fixed = setting.order(device, { kind: 'configure', settings: { 'DeviceInfo.SerialNumber': 'x' } })
    await device.periodic()
    expect(setting.error(unknown)).toMatch(/^9005: invalid parameter name/)
    expect(setting.error(fixed)).toContain('Device.DeviceInfo.SerialNumber: 9008: the parameter cannot be written')
  })

  test('a restart is the last of what is asked, and ends in M Reboot', async () => {
    await using setting = await Setting.open()
    const device = await setting.known()
    setting.order(device, { kind: 'restart', reason: 'asked' })
    setting.order(device, { kind: 'query-capabilities' })
    await device.periodic()
    expect(device.asked.at(-1)).toBe('Reboot')
    await device.settle()
    expect(device.sessions.at(-1)!.ended).toBe(true)
    expect(setting.host.of(setting.id(device), 'hello')).toHaveLength(2)
  })

  test('what a device turns out not to know is in its report from then on, and planning goes by it', async () => {
    await using setting = await Setting.open()
    const device = await setting.known({ habits: { without: ['GetRPCMethods', 'Reboot', 'Download'] } })
    expect(setting.report(device).features).toEqual(['cwmp', 'tr-181'])
    const { delivery } = setting.install(device, '2.0', 'firmware')
    const restart = setting.order(device, { kind: 'restart', reason: '' })
    await device.periodic()
    expect(setting.declined(device)).toMatchObject([{ delivery, reason: 'unsupported' }])
    expect(setting.error(restart)).toMatch(/^9000/)
    const report = setting.report(device)
    expect(report.features).toEqual(['cwmp', 'tr-181', 'no-download', 'no-restart'])
    const firmware = {
      kind: 'install',
      role: 'firmware',
      files: 1,
      bytes: 1,
      reports: { name: 'a', version: '1' },
    } as const
    for (const asked of [firmware, { kind: 'restart', reason: '' }, { kind: 'message', text: 'x' }] as const)
      expect(setting.protocol.limits(asked, report)).toMatch(/^\S.* .*\.$/)
  })

  test('a device that was reset to its factory settings is learned and settled anew', async () => {
    await using setting = await Setting.open()
    const device = await setting.known()
    const { delivery } = setting.install(device, '1.0.0')
    await device.periodic()
    await device.settle()
    expect(setting.outcome(device, delivery)).toMatchObject({ result: 'installed' })
    device.installer.reset()
    device.asked.length = 0
    await device.bootstrap()
    expect(device.asked).toEqual(expect.arrayContaining(['GetRPCMethods', 'GetParameterNames', 'SetParameterValues']))
    expect(setting.report(device).units).not.toContainEqual(expect.objectContaining({ name: 'guide' }))
  })
})
