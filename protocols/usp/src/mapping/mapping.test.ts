import { describe, expect, test } from 'vitest'
import type { CapabilityReport, Unit } from '@sutler/device-model'
import { decideFirmware, decideRemoval, decideUnit, packageUrl, saidOf } from './commands.ts'
import { declineReason } from './failures.ts'
import { inventoryOf } from './inventory.ts'
import { limitOf } from './limits.ts'
import { featuresOf, reportOf } from './report.ts'
import { settingsOf } from './settings.ts'
import { missingSubscriptions, staleSubscriptions } from './subscriptions.ts'
import { uuidOf } from './uuid.ts'
import { instancesOf, valuesOf } from './values.ts'

const units = (rows: Record<number, Record<string, string>>, more: Record<string, string> = {}): Map<string, string> =>
  new Map([
    ...Object.entries(rows).flatMap(([number, row]) =>
      Object.entries(row).map(
        ([name, value]) => [`Device.SoftwareModules.DeploymentUnit.${number}.${name}`, value] as const,
      ),
    ),
    ...Object.entries(more),
  ])
const guide: Unit = { name: 'guide', version: '1.0.0' }
const file = { url: 'https://hub/f/ab?x', size: 10, digest: 'ab'.repeat(32) }
const installed = { UUID: 'U-1', Name: 'guide', Version: '1.0.0', Status: 'Installed' }

describe('what an agent says of itself', () => {
  test('values of a Get stand under their full paths, whatever level they were given at', () => {
    const values = valuesOf({
      reqPathResults: [
        {
          requestedPath: 'Device.',
          errCode: 0,
          errMsg: '',
          resolvedPathResults: [
            { resolvedPath: 'Device.A.', resultParams: new Map([['B.1.C', 'x']]) },
            { resolvedPath: 'Device.A.B.10.', resultParams: new Map([['C', 'y']]) },
          ],
        },
        { requestedPath: 'Device.No', errCode: 7026, errMsg: 'no', resolvedPathResults: [] },
      ],
    })
    expect(instancesOf(values, 'Device.A.B.').map(({ path, get }) => [path, get('C')])).toEqual([
      ['Device.A.B.1.', 'x'],
      ['Device.A.B.10.', 'y'],
    ])
  })

  test('becomes a report of class, hardware, memory, storage, runtimes and units', () => {
    const values = units(
      { 1: installed, 2: { ...installed, Name: 'half', Status: 'Installing' } },
      {
        'Device.DeviceInfo.ModelName': 'Box 3000',
        'Device.DeviceInfo.Manufacturer': 'Works',
        'Device.DeviceInfo.SoftwareVersion': '4.2',
        'Device.DeviceInfo.MemoryStatus.Total': '1024',
        'Device.DeviceInfo.Processor.1.Architecture': 'arm64',
        'Device.DeviceInfo.Processor.2.Architecture': 'arm64',
        'Device.DeviceInfo.ActiveFirmwareImage': 'Device.DeviceInfo.FirmwareImage.1',
        'Device.DeviceInfo.FirmwareImage.1.Name': 'base',
        'Device.DeviceInfo.FirmwareImage.1.Version': '4.2',
        'Device.SoftwareModules.ExecEnv.1.Type': 'OCI',
        'Device.SoftwareModules.ExecEnv.1.Version': '1.1',
        'Device.SoftwareModules.ExecEnv.1.AllocatedDiskSpace': '100',
        'Device.SoftwareModules.ExecEnv.1.AvailableDiskSpace': '50',
        'Device.SoftwareModules.ExecEnv.2.AvailableDiskSpace': '-1',
        'Device.Time.LocalTimeZone': 'Europe/Berlin',
      },
    )
    expect(reportOf(values, 'gateway', ['restart'])).toEqual({
      class: 'gateway',
      protocol: 'usp',
      hardware: { model: 'Box 3000', arch: 'arm64', cpus: 2 },
      os: { name: 'Works', version: '4.2' },
      memory: { total: 1_048_576 },
      storage: { total: 102_400, free: 51_200 },
      runtimes: { OCI: '1.1' },
      features: ['restart'],
      timeZone: 'Europe/Berlin',
      installed: [],
      units: [
        { name: 'guide', version: '1.0.0' },
        { name: 'base', version: '4.2' },
      ],
    })
  })

  test('what it does not say is absent, and a POSIX time zone is none', () => {
    const report = reportOf(new Map([['Device.Time.LocalTimeZone', 'CET-1CEST,M3.5.0,M10.5.0/3']]), 'phone', [])
    expect(report).toMatchObject({ hardware: { model: 'unknown', arch: 'unknown' }, units: [] })
    expect(Object.keys(report)).not.toEqual(expect.arrayContaining(['memory', 'storage', 'timeZone']))
  })

  test('its commands become features', () => {
    const command = (commandName: string) => ({ commandName, inputArgNames: [], outputArgNames: [], commandType: 2 })
    const object = (supportedObjPath: string, ...names: string[]) => ({
      supportedObjPath,
      access: 0,
      isMultiInstance: false,
      supportedCommands: names.map(command),
      supportedEvents: [],
      supportedParams: [],
      divergentPaths: [],
      uniqueKeySets: [],
    })
    const supportedObjs = [object('Device.', 'Reboot()'), object('Device.SoftwareModules.', 'InstallDU()')]
    const result = { reqObjPath: 'Device.', errCode: 0, errMsg: '', dataModelInstUri: '', supportedObjs }
    expect(featuresOf({ reqObjResults: [result] })).toEqual(['usp-install', 'restart'])
  })
})

describe('an install of a unit', () => {
  test('is InstallDU() where nothing of the service is there', () => {
    const decision = decideUnit(inventoryOf(units({})), 'u-1', guide, file, true)
    const args = new Map([
      ['URL', file.url],
      ['UUID', 'u-1'],
    ])
    expect(decision).toEqual({ act: 'operate', command: 'Device.SoftwareModules.InstallDU()', args, target: '' })
  })

  test('is Update() of the unit that is there, by UUID or by name', () => {
    for (const row of [
      { ...installed, Name: 'other' },
      { ...installed, UUID: 'theirs' },
    ])
      expect(
        decideUnit(inventoryOf(units({ 3: row })), 'u-1', { name: 'guide', version: '2.0.0' }, file, true),
      ).toMatchObject({ command: 'Device.SoftwareModules.DeploymentUnit.3.Update()' })
  })

  test('that is in place already is not done again', () => {
    expect(decideUnit(inventoryOf(units({ 3: installed })), 'u-1', guide, file, true)).toMatchObject({
      act: 'done',
      reported: guide,
    })
  })

  test('is judged by the version that the data model shows', () => {
    const both = units({ 3: { ...installed, Version: '0.9.0' }, 4: installed })
    expect(saidOf(inventoryOf(both), { role: 'unit', uuid: 'u-1', unit: guide })).toMatchObject({ unit: guide })
    expect(saidOf(inventoryOf(units({})), { role: 'unit', uuid: 'u-1', unit: guide })).toBeNull()
  })
})

describe('an install of a firmware', () => {
  const images = (second: Record<string, string>): Map<string, string> =>
    new Map([
      ['Device.DeviceInfo.ActiveFirmwareImage', 'Device.DeviceInfo.FirmwareImage.1.'],
      ['Device.DeviceInfo.FirmwareImage.1.Name', 'base'],
      ['Device.DeviceInfo.FirmwareImage.1.Version', '1.0'],
      ...Object.entries(second).map(([name, value]) => [`Device.DeviceInfo.FirmwareImage.2.${name}`, value] as const),
    ])
  const next = { name: 'base', version: '1.1' }

  test('goes into the image that does not run, with size and checksum', () => {
    const decision = decideFirmware(inventoryOf(images({ Status: 'NoImage' })), next, file, true)
    expect(decision).toMatchObject({ act: 'operate', command: 'Device.DeviceInfo.FirmwareImage.2.Download()' })
    expect(decision.act === 'operate' && Object.fromEntries(decision.args)).toEqual({
      URL: file.url,
      AutoActivate: 'false',
      FileSize: '10',
      CheckSumAlgorithm: 'SHA-256',
      CheckSum: file.digest,
    })
  })

  test('is activated at once where one has no Activate(), and only activated where it is there already', () => {
    const one = decideFirmware(inventoryOf(images({})), next, file, false)
    expect(one.act === 'operate' && [one.command, one.args.get('AutoActivate')]).toEqual([
      'Device.DeviceInfo.FirmwareImage.1.Download()',
      'true',
    ])
    const ready = images({ Name: 'base', Version: '1.1', Status: 'Available' })
    expect(decideFirmware(inventoryOf(ready), next, file, true)).toMatchObject({ act: 'activate' })
  })

  test('of a device that shows no image is declined, and of one that runs it done', () => {
    expect(decideFirmware({ units: [], images: [] }, next, file, true)).toMatchObject({ act: 'decline' })
    expect(decideFirmware(inventoryOf(images({})), { name: 'base', version: '1.0' }, file, true).act).toBe('done')
  })
})

describe('the rest', () => {
  test('a removal is Uninstall(), or done where nothing is there', () => {
    expect(decideRemoval(inventoryOf(units({ 3: installed })), 'u-1', null)).toMatchObject({
      command: 'Device.SoftwareModules.DeploymentUnit.3.Uninstall()',
    })
    expect(decideRemoval(inventoryOf(units({})), 'u-1', guide).act).toBe('done')
  })

  test('settings of one object are one update, all or none', () => {
    expect(settingsOf({ 'Device.A.B': 1, 'Device.A.C': true, 'Device.D.E': 'x' })).toMatchObject({
      allowPartial: false,
      updateObjs: [{ objPath: 'Device.A.' }, { objPath: 'Device.D.' }],
    })
  })

  test('only subscriptions that are missing are added', () => {
    const all = missingSubscriptions(new Map())
    if (all?.case !== 'add') throw new Error('an Add was expected')
    const there = all.value.createObjs!.map(
      ({ paramSettings }) => paramSettings!.find(({ param }) => param === 'ID')!.value,
    )
    const values = new Map(
      there.flatMap((id, index) => [
        [`Device.LocalAgent.Subscription.${index + 1}.ID`, id!] as const,
        [`Device.LocalAgent.Subscription.${index + 1}.Enable`, 'true'] as const,
      ]),
    )
    expect(missingSubscriptions(values)).toBeNull()
    expect(staleSubscriptions(values)).toBeNull()
    values.set('Device.LocalAgent.Subscription.1.Enable', 'false')
    expect(missingSubscriptions(values)).toMatchObject({ value: { createObjs: [{}] } })
  })

  test('a subscription of ours that is off or of an earlier hub is deleted first, others’ are left alone', () => {
    const rows = [
      ['sutler-boot', 'false'],
      ['sutler-of-long-ago', 'true'],
      ['sutler-periodic', 'true'],
      ['theirs', 'false'],
    ]
    const values = new Map(
      rows.flatMap(([id, enable], index) => [
        [`Device.LocalAgent.Subscription.${index + 1}.ID`, id!] as const,
        [`Device.LocalAgent.Subscription.${index + 1}.Enable`, enable!] as const,
      ]),
    )
    const objPaths = ['Device.LocalAgent.Subscription.1.', 'Device.LocalAgent.Subscription.2.']
    expect(staleSubscriptions(values)).toEqual({ case: 'delete', value: { allowPartial: true, objPaths } })
  })

  test('a UUID is of version 5 and the same for one service everywhere', async () => {
    const uuid = await uuidOf('tv-guide')
    expect(uuid).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
    expect([await uuidOf('tv-guide'), await uuidOf('radio')].map((each) => each === uuid)).toEqual([true, false])
  })

  test('a link and a digest make the file’s URL', () => {
    expect(packageUrl({ base: 'https://h/files/m', query: 'd=1', expires: 1 }, 'ab')).toBe('https://h/files/m/ab?d=1')
  })

  test.each([
    [7026, 'unsupported'],
    [7005, 'busy'],
    [7006, 'refused'],
    [7227, 'no-space'],
    [7299, 'refused'],
  ])('error %i of a command means %s', (code, reason) => {
    expect(declineReason(code)).toBe(reason)
  })

  const report = { protocol: 'usp', features: ['usp-install'] } as unknown as CapabilityReport
  const install = { kind: 'install', role: 'unit', files: 1, bytes: 1, reports: guide } as const
  test.each([
    ['one package', install, report, null],
    ['a directory', { ...install, files: 3 }, report, /one file/],
    ['a configuration file', { ...install, role: 'configuration' }, report, /one by one/],
    ['firmware for an agent without it', { ...install, role: 'firmware' }, report, /has no Device.DeviceInfo/],
    ['firmware before the first report', { ...install, role: 'firmware' }, null, null],
    ['removal of firmware', { kind: 'remove', role: 'firmware' }, report, /cannot be removed/],
    ['removal that keeps the files', { kind: 'remove', role: 'unit', keep: true }, report, /cannot be kept/],
    ['a restart that it has not', { kind: 'restart', reason: '' }, report, /Reboot/],
    ['a setting by its path', { kind: 'configure', settings: { 'Device.A.1.B': 1 } }, report, null],
    ['a setting by another name', { kind: 'configure', settings: { interval: 1 } }, report, /named by its path/],
    [
      'a setting that is a command',
      { kind: 'configure', settings: { 'Device.Reboot()': 1 } },
      report,
      /named by its path/,
    ],
    ['a log', { kind: 'collect-log', request: 'r', bytes: 1 }, report, /upload/],
    ['a text', { kind: 'message', text: 'x' }, report, /no way to show/],
    ['a question', { kind: 'query-capabilities' }, report, null],
  ] as const)('what USP cannot carry is said before it is tried: %s', (_what, asked, given, expected) => {
    const limit = limitOf(asked, given)
    expect(expected === null ? limit === null : expected.test(limit ?? '')).toBe(true)
  })
})
