import { generateKeyPairSync, sign } from 'node:crypto'
import { mkdir, open, type FileHandle } from 'node:fs/promises'
import { join } from 'node:path'
import { certificationRequest, requestInfo, toPem } from '@sutler/wire/der'
import { CommandError } from './command-error.ts'

/** A key of a claim certificate, made here and nowhere else, and the files of both. */
export interface ClaimFiles {
  /** PEM */
  readonly csr: string
  /** Paths. */
  readonly certificate: string
  readonly key: string
  /** @param certificates PEM */
  write(certificates: string): Promise<void>
  close(): Promise<void>
}

/** Makes the key, in a file that only its owner reads, before a certificate is asked for. @throws CommandError `file-unwritable` */
export async function makeClaimFiles(directory: string): Promise<ClaimFiles> {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519')
  const info = requestInfo('', publicKey.export({ type: 'spki', format: 'der' }))
  const csr = toPem('CERTIFICATE REQUEST', certificationRequest(info, 'ed25519', sign(null, info, privateKey)))
  const [certificate, key] = [join(directory, 'claim.pem'), join(directory, 'claim.key')]
  const keyFile = await created(directory, key, 0o600)
  await keyFile.writeFile(privateKey.export({ type: 'pkcs8', format: 'pem' }))
  await keyFile.sync()
  await keyFile.close()
  const file = await created(directory, certificate, 0o644)
  return {
    csr,
    certificate,
    key,
    async write(certificates) {
      await file.writeFile(certificates)
      await file.sync()
    },
    close: () => file.close(),
  }
}

async function created(directory: string, path: string, mode: number): Promise<FileHandle> {
  try {
    await mkdir(directory, { recursive: true, mode: 0o700 })
    return await open(path, 'wx', mode)
  } catch (error) {
    throw new CommandError('file-unwritable', `${path} cannot be made`, 'Name a directory without such a file.', error)
  }
}
