import { createSecretKey } from 'node:crypto'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createSealing } from '../../hub/src/platform/sealing.ts'

const bytes = Buffer.alloc(32, 'sutler-test')

/** The one of all tests: hubs that share a database agree, whichever test support started them. */
export const testSealingKey = createSecretKey(bytes)
export const testSealing = createSealing(testSealingKey)

/** Where a hub of its own process looks for it. */
export async function writeSealingKey(dataDirectory: string): Promise<void> {
  await mkdir(dataDirectory, { recursive: true })
  await writeFile(join(dataDirectory, 'sealing.key'), bytes.toString('base64url'), { mode: 0o600 })
}
