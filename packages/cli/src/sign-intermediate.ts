import {
  createHash,
  createPrivateKey,
  createPublicKey,
  randomBytes,
  sign,
  X509Certificate,
  type KeyObject,
} from 'node:crypto'
import {
  authorityExtensions,
  certificate,
  certificateName,
  derChildren,
  fromPem,
  readDer,
  toPem,
} from '@sutler/wire/der'
import { CommandError } from './command-error.ts'

/** Five years, milliseconds. */
const lifetime = 5 * 365 * 86_400_000

/** What `sutler authority export-root` has written. @throws CommandError `key-unreadable` */
export function readRoot(text: string, passphrase: string): { key: KeyObject; certificate: X509Certificate } {
  try {
    const root = { key: createPrivateKey({ key: text, passphrase }), certificate: new X509Certificate(text) }
    if (root.certificate.checkPrivateKey(root.key)) return root
  } catch (error) {
    throw unusable(error)
  }
  throw unusable()
}

/**
 * The certificate of an authority that may sign leaves and nothing else.
 * @param csr of the hub, PEM @param now milliseconds since the Unix epoch
 * @returns PEM
 */
export function signIntermediate(root: ReturnType<typeof readRoot>, name: string, csr: string, now: number): string {
  const [request = new Uint8Array()] = fromPem('CERTIFICATE REQUEST', csr)
  const [info] = derChildren(readDer(request), 3)
  const key = derChildren(info!, 4)[2]!.whole
  const notAfter = Math.min(Math.floor((now + lifetime) / 1000) * 1000, root.certificate.validToDate.getTime())
  const issuerKey = createPublicKey(root.key).export({ type: 'spki', format: 'der' })
  const extensions = authorityExtensions({ own: digest(key), issuer: digest(issuerKey) }, 0)
  const serial = randomBytes(16)
  // Neither negative nor shortened.
  serial[0] = (serial[0]! & 0x3f) | 0x40
  const issuer = certificateName(root.certificate.raw) ?? ''
  const plan = { serial, issuer, subject: name, key, notBefore: 0, notAfter, extensions }
  return toPem(
    'CERTIFICATE',
    certificate(plan, (bytes) => sign('sha256', bytes, root.key)),
  )
}

function digest(bytes: Uint8Array): Buffer {
  return createHash('sha256').update(bytes).digest()
}

function unusable(cause?: unknown): CommandError {
  const remedy = 'Name the file that sutler authority export-root made, and give its passphrase.'
  return new CommandError('key-unreadable', 'the root’s key cannot be read', remedy, cause)
}
