import { createSecretKey, randomBytes, type KeyObject } from 'node:crypto'
import { link, mkdir, open, readFile, rm, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { CallerError, errorCode } from './errors.ts'

export const sealingKeyUnusable = errorCode(
  'sealing-key-unusable',
  400,
  'The sealing key cannot be used',
  'Put the file back from your backup with mode 0600 (SUTLER_SEALING_KEY_FILE); where there is no database yet, remove it and the hub makes another.',
)

const keyBytes = 32

/**
 * The key from which all that is secret at rest hangs: read from `file`, or made there (mode 0600) when there is none. Of
 * hubs that start at once on one file one makes it. The file has 32 bytes in base64url.
 * @throws CallerError `sealing-key-unusable`
 */
export async function sealingKey(file: string): Promise<KeyObject> {
  try {
    return await readKey(file)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw unusable(file, error)
  }
  try {
    await makeKey(file)
    return await readKey(file)
  } catch (error) {
    throw unusable(file, error)
  }
}

async function readKey(file: string): Promise<KeyObject> {
  const { mode } = await stat(file)
  if ((mode & 0o077) !== 0) {
    const detail = `${file} has mode ${(mode & 0o777).toString(8)}: other users of this machine could read it.`
    throw new CallerError(sealingKeyUnusable, detail)
  }
  const text = (await readFile(file, 'utf8')).trim()
  const key = Buffer.from(text, 'base64url')
  if (key.length !== keyBytes || key.toString('base64url') !== text)
    throw new CallerError(sealingKeyUnusable, `${file} is not ${keyBytes} bytes in base64url.`)
  return createSecretKey(key)
}

/** Whole under its name or not at all, and on the disk before anything is sealed with it. */
async function makeKey(file: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true, mode: 0o700 })
  const draft = `${file}.${randomBytes(4).toString('hex')}`
  const handle = await open(draft, 'wx', 0o600)
  try {
    await handle.writeFile(`${randomBytes(keyBytes).toString('base64url')}\n`)
    await handle.sync()
  } finally {
    await handle.close()
  }
  try {
    // Unlike a rename it does not replace the key of a hub that was faster.
    await link(draft, file)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  } finally {
    await rm(draft)
  }
  const directory = await open(dirname(file), 'r')
  await directory.sync().finally(() => directory.close())
}

function unusable(file: string, error: unknown): CallerError {
  if (error instanceof CallerError) return error
  return new CallerError(sealingKeyUnusable, `${file}: ${(error as Error).message}`, { cause: error })
}
