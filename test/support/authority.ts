import { generateKeyPairSync, hash, randomBytes, sign, type KeyObject } from 'node:crypto'
import { authorityExtensions, certificate, deviceExtensions, serverExtensions, toPem } from '@sutler/wire/der'

export interface TestAuthority {
  /** PEM */
  readonly root: string
  server(options?: { hosts?: string[]; notAfter?: number }): { key: string; certificate: string }
  /** @param key of the device, whose public half is certified */
  device(name: string, key: KeyObject, options?: { notAfter?: number }): string
}

const day = 86_400_000

/** An authority of the test's own: a root that signs leaves. */
export function testAuthority(name = 'test root'): TestAuthority {
  const keys = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const info = keys.publicKey.export({ type: 'spki', format: 'der' })
  const digest = (key: Buffer): Buffer => hash('sha256', key, 'buffer')
  const digests = (key: Buffer) => ({ own: digest(key), issuer: digest(info) })
  const issue = (subject: string, key: Buffer, extensions: Uint8Array[], notAfter: number): string =>
    toPem(
      'CERTIFICATE',
      certificate({ serial: serial(), issuer: name, subject, key, notBefore: 0, notAfter, extensions }, (bytes) =>
        sign('sha256', bytes, keys.privateKey),
      ),
    )
  return {
    root: issue(name, info, authorityExtensions(digests(info), 0), Date.now() + 365 * day),
    server({ hosts = ['127.0.0.1', 'localhost'], notAfter = Date.now() + day } = {}) {
      const own = generateKeyPairSync('ec', { namedCurve: 'P-256' })
      const key = own.publicKey.export({ type: 'spki', format: 'der' })
      return {
        key: own.privateKey.export({ type: 'pkcs8', format: 'pem' }) as string,
        certificate: issue(hosts[0]!, key, serverExtensions(digests(key), hosts), notAfter),
      }
    },
    device(device, publicKey, { notAfter = Date.now() + day } = {}) {
      const key = publicKey.export({ type: 'spki', format: 'der' })
      return issue(device, key, deviceExtensions(digests(key)), notAfter)
    },
  }
}

function serial(): Buffer {
  return Buffer.concat([Buffer.of(0x40), randomBytes(15)])
}
