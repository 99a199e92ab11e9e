import { dtls } from 'node-dtls-client'
import { fromDatagram, toDatagram, type OpenLink } from '@sutler/simulators'

/** The simulated device over DTLS, with a client of DTLS that somebody else wrote. */
export function dtlsLink(server: { host: string; port: number }, identity: string, key: Buffer): OpenLink {
  return (received, ended) =>
    new Promise((resolve, reject) => {
      const { host: address, port } = server
      const socket = dtls.createSocket({ type: 'udp4', address, port, psk: { [identity]: key }, timeout: 5000 })
      socket.on('error', reject)
      socket.on('close', ended)
      socket.on('message', (bytes: Buffer) => received(fromDatagram(bytes)))
      socket.on('connected', () =>
        resolve({ send: (coap) => socket.send(toDatagram(coap)), close: () => socket.close() }),
      )
    })
}
