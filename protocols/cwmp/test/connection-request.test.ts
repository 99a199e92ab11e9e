import { createServer } from 'node:http'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { expect, test } from 'vitest'
import { AllowedAddresses } from '../src/transport/allowed-addresses.ts'
import { connectionRequest } from '../src/transport/connection-request.ts'
import { Setting } from './setting.ts'

const login = { username: 'u', password: 'p' }

test('a device that is not reached is woken by a connection request with Digest, and comes', async () => {
  await using setting = await Setting.open()
  const device = setting.device()
  await device.listen()
  await device.bootstrap()
  expect(setting.protocol.reaches(setting.id(device))).toBe(false)
  await setting.protocol.wake(setting.id(device))
  expect(device.woken).toBe(1)
  const { delivery } = setting.install(device, '1.0.0')
  await device.settle()
  expect(setting.outcome(device, delivery)).toMatchObject({ result: 'installed' })
  // One in ten seconds: a device may refuse what comes faster.
  await setting.protocol.wake(setting.id(device))
  expect(device.woken).toBe(0)
})

test('a wrong login does not wake, and the hub is told', async () => {
  await using setting = await Setting.open()
  const device = setting.device()
  await device.listen()
  await device.bootstrap()
  device.model.put('ManagementServer.ConnectionRequestPassword', 'other')
  await setting.protocol.wake(setting.id(device))
  expect([device.woken, setting.acs.problems.at(-1)]).toEqual([
    0,
    { kind: 'not-woken', device: setting.id(device), detail: 'it answered 401' },
  ])
})

test('connection requests go to networks that the operator allows, and nowhere else', async () => {
  let asked = 0
  const server = createServer((_request, response) => {
    asked++
    response.end()
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const elsewhere = new AllowedAddresses(['10.0.0.0/8', 'fd00::/8'])
  for (const host of ['127.0.0.1', 'localhost', '2130706433', '[::ffff:127.0.0.1]', '0x7f.1'])
    expect((await connectionRequest(`http://${host}:${port}/`, login, elsewhere)).reached).toBe(false)
  for (const url of ['file:///etc/passwd', 'https://127.0.0.1/', `http://u:p@127.0.0.1:${port}/`, 'gopher://x', ''])
    expect((await connectionRequest(url, login, new AllowedAddresses(['127.0.0.1']))).reached).toBe(false)
  expect(asked).toBe(0)
  expect(
    (await connectionRequest(`http://localhost:${port}/`, login, new AllowedAddresses(['127.0.0.0/8', '::1']))).reached,
  ).toBe(true)
  server.close()
})

test('a redirect is not followed, and an endless answer is not read', async () => {
  let asked = 0
  const server = createServer((request, response) => {
    asked++
    if (request.url === '/moved') return void response.writeHead(302, { location: '/elsewhere' }).end()
    response.writeHead(200)
    const pour = (): void => {
      while (!response.destroyed && response.write('x'.repeat(65_536)));
      response.once('drain', pour)
    }
    pour()
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const allowed = new AllowedAddresses(['127.0.0.1'])
  expect(await connectionRequest(`http://127.0.0.1:${port}/moved`, login, allowed)).toEqual({
    reached: false,
    detail: 'it answered 302',
  })
  expect((await connectionRequest(`http://127.0.0.1:${port}/endless`, login, allowed)).reached).toBe(true)
  expect(asked).toBe(2)
  server.close()
  server.closeAllConnections()
})

test.each(['', '10.0.0.0/33', 'example.com', '10.0.0.1/8/9', '::/129'])('%j is no network to allow', (network) => {
  expect(() => new AllowedAddresses([network])).toThrow(/is no network/)
})
