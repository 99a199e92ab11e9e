import { decodeChunk, limits } from '@sutler/wire'
import { expect, test } from 'vitest'
import { FileDesk, refusalOf, type FileSource } from './file-desk.ts'

const device = 'dev-01k9x2t4c8'
const path = `/files/${'ab'.repeat(32)}/${'cd'.repeat(32)}?d=${device}&e=1790000000&m=abc`
const ask = (number: number, from = 0, of = path) => ({ id: `k3-${number}`, t: 'fetch' as const, path: of, from })
const settled = () => new Promise((resolve) => setImmediate(resolve))

function deskOf(source?: FileSource) {
  const sent: Uint8Array[] = []
  const desk = new FileDesk(device, source, async (chunk) => void sent.push(chunk))
  return { desk, answers: () => sent.map((chunk) => decodeChunk(chunk)) }
}
const three: FileSource = async (_path, from, most) => ({
  status: 200,
  total: 3,
  bytes: Uint8Array.of(7, 8, 9).subarray(from, from + most),
})

test('a device gets the pieces that it asks for, in the order of its questions', async () => {
  const { desk, answers } = deskOf(three)
  desk.ask(ask(1, 1))
  desk.ask(ask(2, 0))
  await settled()
  expect(answers().map(({ bytes, ...rest }) => ({ ...rest, bytes: [...bytes] }))).toEqual([
    { re: 'k3-1', status: 200, from: 1, total: 3, bytes: [8, 9] },
    { re: 'k3-2', status: 200, from: 0, total: 3, bytes: [7, 8, 9] },
  ])
})

test.each([
  ['another device’s file', `/files/${'ab'.repeat(32)}/${'cd'.repeat(32)}?d=dev-other-000&e=1&m=a`, 403],
  ['a file without a link', `/files/${'ab'.repeat(32)}/${'cd'.repeat(32)}`, 403],
  ['another device’s assignment', '/tuf/assignments/dev-other-000?manifest=ab&d=x', 403],
  ['what is not for devices', '/api/v1/devices', 404],
  ['a way around', '/files/../api/v1/devices?d=dev-01k9x2t4c8', 404],
  ['a doubled slash', '/tuf//root.json', 404],
  ['another host', 'http://10.0.0.1/files/x', 404],
  ['a line break', '/tuf/root.json\r\nx: y', 404],
])('%s is refused before anything is asked for it', async (_what, wanted, status) => {
  const asked: string[] = []
  const { desk, answers } = deskOf(
    async (given) => (asked.push(given), { status: 200, total: 0, bytes: new Uint8Array(0) }),
  )
  desk.ask(ask(1, 0, wanted))
  await settled()
  expect([answers()[0]?.status, asked]).toEqual([status, []])
})

test('own assignments and signed metadata are not refused', () => {
  const own = [`/tuf/assignments/${device}?manifest=ab&d=${device}&e=1&m=a_-`, '/tuf/1.root.json', path]
  expect(own.map((each) => refusalOf(device, each))).toEqual([null, null, null])
})

test('where the source fails, or there is none, the device is told a status, and the next is served', async () => {
  let fails = true
  const { desk, answers } = deskOf(async (...given) => {
    if (fails) throw new Error('the disk is gone')
    return three(...given)
  })
  desk.ask(ask(1))
  await settled()
  fails = false
  desk.ask(ask(2))
  await settled()
  const without = deskOf()
  without.desk.ask(ask(3))
  await settled()
  expect([...answers(), ...without.answers()].map(({ status }) => status)).toEqual([503, 200, 404])
})

test('more questions than the window has many times over are refused, and one that left is answered no more', async () => {
  const gate = Promise.withResolvers<void>()
  const { desk, answers } = deskOf(async (...given) => {
    await gate.promise
    return three(...given)
  })
  const most = 4 * limits.chunksInFlight + 1
  for (let number = 0; number < most + 5; number++) desk.ask(ask(number))
  await settled()
  expect(answers().map(({ status }) => status)).toEqual([429, 429, 429, 429, 429])
  desk.close()
  gate.resolve()
  await settled()
  expect(answers()).toHaveLength(5)
})
