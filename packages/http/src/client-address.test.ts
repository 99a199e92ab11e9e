import { IncomingMessage } from 'node:http'
import { Socket } from 'node:net'
import { expect, test } from 'vitest'
import { clientAddress } from './client-address.ts'

function asked(forwarded?: string): IncomingMessage {
  const socket = Object.defineProperty(new Socket(), 'remoteAddress', { value: '10.0.0.2' })
  const request = new IncomingMessage(socket)
  if (forwarded !== undefined) request.headers['x-forwarded-for'] = forwarded
  return request
}

const proxies = (address: string): boolean => address === '10.0.0.2'

test('of what a proxy of the operator’s passes on, the last entry counts', () => {
  expect(clientAddress(asked('10.9.9.9, 192.0.2.7'), proxies)).toBe('192.0.2.7')
  expect(clientAddress(asked(), proxies)).toBe('10.0.0.2')
})

test('what anybody else says of where it comes from does not count', () => {
  expect(clientAddress(asked('192.0.2.7'), () => false)).toBe('10.0.0.2')
})
