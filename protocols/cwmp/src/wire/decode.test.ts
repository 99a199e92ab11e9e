import * as fc from 'fast-check'
import { node } from '@sutler/simulators/cwmp'
import { describe, expect, test } from 'vitest'
import { mutated, random } from '../../../../test/attacks/mutations.ts'
import { mutations, seed } from '../../../../test/support/thoroughness.ts'
import { cwmpErrors, CwmpError } from '../errors.ts'
import { dialects, messages, samples, written } from '../test/samples.ts'
import { decode } from './decode.ts'

const bytes = (text: string) => Buffer.from(text)
const envelope = (body: string, header = '', minor = 0) =>
  bytes(
    '<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" ' +
      `xmlns:c="urn:dslforum-org:cwmp-1-${minor}"><e:Header>${header}</e:Header><e:Body>${body}</e:Body></e:Envelope>`,
  )

function refusal(given: Uint8Array): CwmpError {
  try {
    decode(given)
  } catch (error) {
    if (error instanceof CwmpError) return error
    throw error
  }
  throw new Error('it was taken')
}

describe('messages of a CPE', () => {
  test.each(Object.entries(dialects))('mean the same in every dialect: %s', (_name, dialect) => {
    for (const message of Object.values(messages)) {
      const read = decode(written(message, dialect))
      expect(read.body).toEqual(decode(written(message)).body)
      expect(read).toMatchObject({ id: 'id-1', minor: dialect.minor })
    }
  })

  test('are read whole: Inform', () => {
    expect(decode(written(messages['Inform']!, { ...dialects['plain']!, minor: 2 }))).toEqual({
      id: 'id-1',
      minor: 2,
      supported: ['1.0', '1.2'],
      sessionTimeout: 40,
      noMoreRequests: false,
      body: {
        kind: 'request',
        request: {
          method: 'Inform',
          device: { manufacturer: 'A & B', oui: '00AABB', productClass: 'Box', serialNumber: 'S<1>' },
          events: [
            { code: '7 TRANSFER COMPLETE', commandKey: '' },
            { code: 'M Download', commandKey: 's12' },
          ],
          currentTime: Date.parse('2026-01-02T02:04:05.678Z'),
          retryCount: 2,
          parameters: [
            { name: 'Device.DeviceInfo.SoftwareVersion', value: ' 1.0 ', type: 'string' },
            { name: 'Device.X.Up', value: '1', type: 'boolean' },
          ],
        },
      },
    })
  })

  test('are read whole: what became of a transfer and of a deployment unit', () => {
    expect(decode(written(messages['TransferComplete']!)).body).toEqual({
      kind: 'request',
      request: {
        method: 'TransferComplete',
        commandKey: 's12',
        fault: { code: 9010, text: 'no way' },
        started: Date.parse('2026-01-02T03:04:05Z'),
        completed: null,
      },
    })
    expect(decode(written(messages['DUStateChangeComplete']!)).body).toMatchObject({
      request: {
        commandKey: 's13',
        results: [
          { unit: 'Device.SoftwareModules.DeploymentUnit.1', state: 'Installed', version: '1.2', resolved: true },
        ],
      },
    })
    expect(decode(written(messages['AutonomousDUStateChangeComplete']!)).body).toMatchObject({
      request: { results: [{ operation: 'Update' }] },
    })
  })

  test('a fault is read with what it says of each parameter', () => {
    expect(decode(written(messages['Fault']!)).body).toEqual({
      kind: 'fault',
      fault: {
        code: 9003,
        text: 'Invalid arguments',
        blame: 'Client',
        parameters: [{ name: 'Device.A.B', code: 9008, text: 'read-only' }],
      },
    })
    const bare = envelope('<e:Fault><faultcode>e:Server</faultcode><faultstring>broken</faultstring></e:Fault>')
    expect(decode(bare).body).toMatchObject({ fault: { code: 9002, text: 'broken', blame: 'Server' } })
  })

  test('white space around a CommandKey is not part of it', () => {
    const key = '\r\n  s12\t\n'
    const read = decode(written(node('TransferComplete', [node('CommandKey', key)])))
    expect(read.body).toMatchObject({ request: { commandKey: 's12', fault: { code: 0 } } })
  })

  test('a header that must be understood and is none of CWMP is refused, others are passed over', () => {
    const inform = '<c:GetRPCMethods/>'
    expect(decode(envelope(inform, '<c:ID e:mustUnderstand="1">7</c:ID><x xmlns="u"/>'))).toMatchObject({ id: '7' })
    expect(refusal(envelope(inform, '<x xmlns="u" e:mustUnderstand="1"/>'))).toMatchObject({ code: 'must-understand' })
  })

  test('ISO-8859-1 is read where the document says so; other bytes that are not UTF-8 are refused', () => {
    const text =
      '<?xml version="1.0" encoding="ISO-8859-1"?>' +
      envelope('<c:TransferComplete><CommandKey>é</CommandKey></c:TransferComplete>').toString()
    expect(decode(Buffer.from(text, 'latin1')).body).toMatchObject({ request: { commandKey: 'é' } })
    expect(refusal(Buffer.from('<a>é</a>', 'latin1'))).toMatchObject({ code: 'not-utf8' })
  })

  test.each([
    ['no envelope', bytes('<a/>'), 'not-soap'],
    ['an empty body', envelope(''), 'missing-field'],
    ['two methods in one body', envelope('<c:GetRPCMethods/><c:GetRPCMethods/>'), 'too-many'],
    ['a method of another version', envelope('<c:GetRPCMethods/>', '', 7), 'unknown-version'],
    ['a method of nobody', envelope('<c:Explode/>'), 'unknown-method'],
    ['a method by a name that every object has', envelope('<c:constructor/>'), 'unknown-method'],
    ['an Inform without a device', envelope('<c:Inform/>'), 'missing-field'],
    [
      'a Status that is no number',
      envelope('<c:DownloadResponse><Status>maybe</Status></c:DownloadResponse>'),
      'bad-field',
    ],
    [
      'a Status beyond 32 bits',
      envelope('<c:DownloadResponse><Status>4294967296</Status></c:DownloadResponse>'),
      'bad-field',
    ],
    [
      'a state of no deployment unit',
      written(node('DUStateChangeComplete', [node('Results', [node('R', [node('CurrentState', 'Odd')])])])),
      'bad-field',
    ],
    [
      '65 results',
      written(
        node('DUStateChangeComplete', [
          node(
            'Results',
            Array.from({ length: 65 }, () => node('R', [node('CurrentState', 'Failed')])),
          ),
        ]),
      ),
      'too-many',
    ],
    [
      'a CommandKey of 200 characters',
      written(node('TransferComplete', [node('CommandKey', 'k'.repeat(200))])),
      'bad-field',
    ],
  ])('%s is refused with its clause', (_what, given, code) => {
    const error = refusal(given)
    expect(error.code).toBe(code)
    expect(error.clause).toMatch(/^(?:TR-069|SOAP 1\.1|XML 1\.0)/)
    expect(error.message).toContain(cwmpErrors[error.code])
  })

  test('what a device says comes back as it said it, whatever characters are in it', () => {
    // XML can carry neither control characters nor a carriage return that is not written as a reference.
    const text = fc
      .string({ unit: 'binary', maxLength: 60 })
      .filter((each) => !/[\p{Cc}\ufffe\uffff]/u.test(each) && each.isWellFormed())
    fc.assert(
      fc.property(text, fc.constantFrom(...Object.values(dialects)), (value, dialect) => {
        const list = [node('ParameterValueStruct', [node('Name', 'Device.A'), node('Value', value, 'string')])]
        const read = decode(written(node('GetParameterValuesResponse', [node('ParameterList', list)]), dialect))
        expect(read.body).toMatchObject({ response: { parameters: [{ value }] } })
      }),
    )
  })

  test('mutated messages end in a message or in a typed error with clause and place, and leave nothing behind', () => {
    const below = random(seed)
    const all = samples()
    let refused = 0
    const before = process.memoryUsage().heapUsed
    for (let turn = 0; turn < mutations; turn++) {
      try {
        decode(mutated(all[turn % all.length]!, below))
      } catch (error) {
        if (!(error instanceof CwmpError) || error.clause === '') throw error
        refused++
      }
    }
    expect(refused).toBeGreaterThan(mutations / 2)
    expect(process.memoryUsage().heapUsed - before).toBeLessThan(200_000_000)
  }, 240_000)
})
