import { connectStatement, limits, readConnectPassword } from '@sutler/wire'
import type { PeerCertificate } from '../../../platform/tls/peer-certificate.ts'
import { deviceId } from '../../../platform/ids.ts'
import { signed } from '../domain/device-key.ts'
import type { RegistrationDependencies } from './dependencies.ts'
import type { DeviceKeys } from './device-keys.ts'
import { grouped } from '../../../platform/grouped.ts'
import type { CertificateUse } from './device-storage.ts'

/** Milliseconds that a device's clock may be off. */
const skew = limits.connectSkewSeconds * 1000
const group = { most: 500, waiting: 20_000 }

/** Connections of this hub whose numbers are kept for the hello that follows. */
const mostConnections = 50_000

/**
 * Authentication of connecting devices: by the certificate that TLS has verified, or, where none could be given, by a
 * signature with a certificate's key. The database then records the connection, many at once, which at the same time refuses
 * replays (at any hub), replaced and revoked certificates, and devices that are out of service or quarantined.
 */
export function deviceConnect(deps: RegistrationDependencies, keys: DeviceKeys, hub: () => string) {
  const { database, clock, storage } = deps
  const connections = new Map<string, number>()

  const record = grouped<CertificateUse, number | null>(group, async (uses) => {
    // Of two signed connections in one group the later one counts; the same statement twice: once.
    const latest = new Map<string, CertificateUse>()
    for (const use of uses) {
      const other = latest.get(use.serial)
      if (!other || (use.time ?? 0) > (other.time ?? 0)) latest.set(use.serial, use)
    }
    const now = clock.now()
    const numbers = await storage.certificates.use(database.sql, [...latest.values()], now + skew, new Date(now))
    return uses.map((use) => (latest.get(use.serial) === use ? (numbers.get(use.serial) ?? null) : null))
  })

  /** The certificate that the password is signed with, and when; null when there is none. */
  const signedUse = async (device: string, password: string): Promise<CertificateUse | null> => {
    const parts = readConnectPassword(password)
    if (!parts) return null
    const { time, nonce, signature } = parts
    if (Math.abs(time - clock.now()) > skew) return null
    const statement = connectStatement(hub(), device, time, nonce)
    const serial = await keys.find(device, (key) => signed(key, statement, signature))
    return serial === null ? null : { serial, time }
  }

  const certifiedUse = (device: string, { name, serial, notAfter }: PeerCertificate): CertificateUse | null =>
    name === device && clock.now() < notAfter ? { serial, time: null } : null

  return {
    /**
     * True if it is that device.
     * @param password signed, fresh, and not used before; of no matter where there is a certificate
     * @param certificate that TLS has verified
     */
    async authenticate(device: string, password: string, certificate: PeerCertificate | null): Promise<boolean> {
      if (!deviceId.test(device)) return false
      const use = certificate === null ? await signedUse(device, password) : certifiedUse(device, certificate)
      const connection = use === null ? null : await record(use)
      if (connection === null) return false
      connections.delete(device)
      connections.set(device, connection)
      if (connections.size > mostConnections) connections.delete(connections.keys().next().value!)
      return true
    },

    /** The number of the device's last connection to this hub; 0 = none is known. */
    connectionOf: (device: string): number => connections.get(device) ?? 0,
  }
}
