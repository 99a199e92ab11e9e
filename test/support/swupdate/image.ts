import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readFile, writeFile } from 'node:fs/promises'
import { delimiter, join } from 'node:path'

/** Who signs images: files of a certificate and its key, PEM. */
export interface ImageSigner {
  readonly certificate: string
  readonly key: string
}

/** Debian's package for each program. */
const packages: Readonly<Record<string, string>> = { swupdate: 'swupdate', cpio: 'cpio', openssl: 'openssl' }

/** @throws Error that says what to install, when a program is not on the PATH */
export function needProgram(name: string): string {
  const found = (process.env['PATH'] ?? '')
    .split(delimiter)
    .map((folder) => join(folder, name))
    .find(existsSync)
  if (found === undefined)
    throw new Error(`${name} is not on the PATH; on Debian: apt-get install ${packages[name] ?? name}`)
  return found
}

/** A signer of its own, as swupdate wants it: a certificate for e-mail protection. */
export async function imageSigner(directory: string): Promise<ImageSigner> {
  const folder = await mkdtemp(join(directory, 'signer-'))
  const signer = { certificate: join(folder, 'cert.pem'), key: join(folder, 'key.pem') }
  const request = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '3650', '-subj', '/O=Test/CN=Images']
  const uses = ['-addext', 'extendedKeyUsage=emailProtection', '-addext', 'keyUsage=digitalSignature']
  run('openssl', [...request, ...uses, '-keyout', signer.key, '-out', signer.certificate], folder)
  return signer
}

/** A signed `.swu` that writes `payload` to the file `target` of the device. */
export async function signedImage(
  directory: string,
  { version, payload, target, signer }: { version: string; payload: Uint8Array; target: string; signer: ImageSigner },
): Promise<Buffer> {
  const folder = await mkdtemp(join(directory, 'image-'))
  await mkdir(folder, { recursive: true })
  const digest = createHash('sha256').update(payload).digest('hex')
  const description = `software = {
  version = "${version}";
  hardware-compatibility = [ "1.0" ];
  files: ( { filename = "payload"; path = "${target}"; sha256 = "${digest}"; } );
}
`
  await writeFile(join(folder, 'sw-description'), description)
  await writeFile(join(folder, 'payload'), payload)
  const signed = ['-in', 'sw-description', '-out', 'sw-description.sig', '-outform', 'DER', '-nosmimecap', '-binary']
  run('openssl', ['cms', '-sign', ...signed, '-signer', signer.certificate, '-inkey', signer.key], folder)
  // The description first, its signature next, in the format with checksums.
  run('cpio', ['-o', '-H', 'crc', '-F', 'image.swu'], folder, 'sw-description\nsw-description.sig\npayload\n')
  return readFile(join(folder, 'image.swu'))
}

function run(program: string, given: readonly string[], folder: string, input = ''): void {
  execFileSync(needProgram(program), given, { cwd: folder, input, stdio: ['pipe', 'ignore', 'pipe'] })
}
