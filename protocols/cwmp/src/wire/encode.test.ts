import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { encodeFault, encodeRequest, encodeResponse } from './encode.ts'
import { readXml, type XmlElement } from './xml/read.ts'
import type { AcsRequest } from './values.ts'

const headers = { id: 'a&b', minor: 2 as const }

function bodyOf(text: string): XmlElement {
  return readXml(text).children[1]!.children[0]!
}

/** Names and texts, and the types of those that have one. */
function shape({ name, text, children, attributes }: XmlElement): unknown {
  const type = attributes.find((each) => each.name === 'type' || each.name === 'arrayType')?.value
  const content = children.length > 0 ? children.map(shape) : text
  return type === undefined ? { [name]: content } : { [`${name} ${type}`]: content }
}

const requests: readonly (readonly [AcsRequest, unknown])[] = [
  [{ method: 'GetRPCMethods' }, { GetRPCMethods: '' }],
  [
    { method: 'GetParameterNames', path: 'Device.', nextLevel: true },
    { GetParameterNames: [{ ParameterPath: 'Device.' }, { NextLevel: '1' }] },
  ],
  [
    { method: 'GetParameterValues', names: ['Device.A', 'Device.B.'] },
    { GetParameterValues: [{ 'ParameterNames xsd:string[2]': [{ string: 'Device.A' }, { string: 'Device.B.' }] }] },
  ],
  [
    {
      method: 'SetParameterValues',
      values: [{ name: 'Device.A', value: '<1>', type: 'unsignedInt' }],
      parameterKey: 'k',
    },
    {
      SetParameterValues: [
        {
          'ParameterList cwmp:ParameterValueStruct[1]': [
            { ParameterValueStruct: [{ Name: 'Device.A' }, { 'Value xsd:unsignedInt': '<1>' }] },
          ],
        },
        { ParameterKey: 'k' },
      ],
    },
  ],
  [
    { method: 'GetParameterAttributes', names: ['Device.A'] },
    { GetParameterAttributes: [{ 'ParameterNames xsd:string[1]': [{ string: 'Device.A' }] }] },
  ],
  [
    { method: 'SetParameterAttributes', attributes: [{ name: 'Device.A', notification: 2 }] },
    {
      SetParameterAttributes: [
        {
          'ParameterList cwmp:SetParameterAttributesStruct[1]': [
            {
              SetParameterAttributesStruct: [
                { Name: 'Device.A' },
                { NotificationChange: '1' },
                { Notification: '2' },
                { AccessListChange: '0' },
                { 'AccessList xsd:string[0]': '' },
              ],
            },
          ],
        },
      ],
    },
  ],
  [
    { method: 'AddObject', path: 'Device.A.', parameterKey: 'k' },
    { AddObject: [{ ObjectName: 'Device.A.' }, { ParameterKey: 'k' }] },
  ],
  [
    { method: 'DeleteObject', path: 'Device.A.1.', parameterKey: '' },
    { DeleteObject: [{ ObjectName: 'Device.A.1.' }, { ParameterKey: '' }] },
  ],
  [
    {
      method: 'Download',
      commandKey: 's1',
      fileType: '1 Firmware Upgrade Image',
      url: 'http://a/b?c&d',
      username: '',
      password: '',
      fileSize: 7,
      targetFileName: '',
      delaySeconds: 0,
    },
    {
      Download: [
        { CommandKey: 's1' },
        { FileType: '1 Firmware Upgrade Image' },
        { URL: 'http://a/b?c&d' },
        { Username: '' },
        { Password: '' },
        { FileSize: '7' },
        { TargetFileName: '' },
        { DelaySeconds: '0' },
        { SuccessURL: '' },
        { FailureURL: '' },
      ],
    },
  ],
  [
    {
      method: 'Upload',
      commandKey: 's2',
      fileType: '2 Vendor Log File',
      url: 'http://a/b',
      username: 'u',
      password: 'p',
      delaySeconds: 0,
    },
    {
      Upload: [
        { CommandKey: 's2' },
        { FileType: '2 Vendor Log File' },
        { URL: 'http://a/b' },
        { Username: 'u' },
        { Password: 'p' },
        { DelaySeconds: '0' },
      ],
    },
  ],
  [{ method: 'GetAllQueuedTransfers' }, { GetAllQueuedTransfers: '' }],
  [{ method: 'CancelTransfer', commandKey: 's1' }, { CancelTransfer: [{ CommandKey: 's1' }] }],
  [
    {
      method: 'ChangeDUState',
      commandKey: 's3',
      operations: [
        { kind: 'install', url: 'http://a', uuid: 'u1', username: '', password: '', environment: '' },
        { kind: 'update', uuid: 'u2', version: '', url: 'http://b', username: '', password: '' },
        { kind: 'uninstall', uuid: 'u3', version: '1', environment: '' },
      ],
    },
    {
      ChangeDUState: [
        {
          'Operations cwmp:OperationStruct[3]': [
            {
              'InstallOpStruct cwmp:InstallOpStruct': [
                { URL: 'http://a' },
                { UUID: 'u1' },
                { Username: '' },
                { Password: '' },
                { ExecutionEnvRef: '' },
              ],
            },
            {
              'UpdateOpStruct cwmp:UpdateOpStruct': [
                { UUID: 'u2' },
                { Version: '' },
                { URL: 'http://b' },
                { Username: '' },
                { Password: '' },
              ],
            },
            { 'UninstallOpStruct cwmp:UninstallOpStruct': [{ UUID: 'u3' }, { Version: '1' }, { ExecutionEnvRef: '' }] },
          ],
        },
        { CommandKey: 's3' },
      ],
    },
  ],
  [{ method: 'Reboot', commandKey: 's4' }, { Reboot: [{ CommandKey: 's4' }] }],
  [{ method: 'FactoryReset' }, { FactoryReset: '' }],
  [
    { method: 'ScheduleInform', delaySeconds: 30, commandKey: 'again' },
    { ScheduleInform: [{ DelaySeconds: '30' }, { CommandKey: 'again' }] },
  ],
]

describe('messages of the ACS', () => {
  test.each(requests)('$method has its fields in the order of Annex A', (request, expected) => {
    expect(shape(bodyOf(encodeRequest(headers, request)))).toEqual(expected)
  })

  test('carry the id, the hold and the version in headers that must be understood', () => {
    const text = encodeResponse({ ...headers, hold: true, useVersion: '1.2' }, { method: 'Inform' })
    const header = readXml(text).children[0]!
    expect(header.children.map(({ name, text: value, namespace }) => [name, value, namespace])).toEqual([
      ['ID', 'a&b', 'urn:dslforum-org:cwmp-1-2'],
      ['HoldRequests', '1', 'urn:dslforum-org:cwmp-1-2'],
      ['UseCWMPVersion', '1.2', 'urn:dslforum-org:cwmp-1-2'],
    ])
    expect(header.children.every(({ attributes }) => attributes[0]?.name === 'mustUnderstand')).toBe(true)
    expect(shape(bodyOf(text))).toEqual({ InformResponse: [{ MaxEnvelopes: '1' }] })
  })

  test('GetRPCMethodsResponse lists what a CPE may call', () => {
    expect(JSON.stringify(shape(bodyOf(encodeResponse(headers, { method: 'GetRPCMethods' }))))).toContain(
      'AutonomousDUStateChangeComplete',
    )
  })

  test('a fault has the code of the ACS in its detail', () => {
    expect(shape(bodyOf(encodeFault(headers, 8000, 'Kicked')))).toEqual({
      Fault: [
        { faultcode: 'soap-env:Client' },
        { faultstring: 'CWMP fault' },
        { detail: [{ Fault: [{ FaultCode: '8000' }, { FaultString: 'Method not supported: Kicked' }] }] },
      ],
    })
  })

  test('whatever is in a text, the message is well-formed and says the same', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (path) => {
        const read = bodyOf(encodeRequest(headers, { method: 'GetParameterNames', path, nextLevel: false }))
          .children[0]!.text
        // What XML cannot carry is replaced, the rest is there.
        // eslint-disable-next-line no-control-regex
        const possible = path.toWellFormed().replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '\ufffd')
        expect(read).toBe(possible)
      }),
    )
  })
})
