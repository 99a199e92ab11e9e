import { Contents } from '../../src/platform/browser/content.ts'
import { DeviceDatabase } from '../../src/platform/browser/database.ts'
import { BrowserFiles } from '../../src/platform/browser/files.ts'
import { filesCases } from './cases.ts'

/** Runs every case on files of its own, and once more what another start finds; says what went wrong. */
async function run(): Promise<Record<string, string>> {
  const wrong: Record<string, string> = {}
  for (const [name, each] of Object.entries(filesCases)) {
    await DeviceDatabase.remove()
    await Contents.remove()
    const database = await DeviceDatabase.open()
    try {
      const files = await BrowserFiles.open(database)
      await each(files)
      await files.settled()
      const [before, after] = [await everything(files), await everything(await BrowserFiles.open(database))]
      if (before !== after) throw new Error(`another start finds ${after}, there was ${before}`)
    } catch (error) {
      wrong[name] = String(error)
    } finally {
      database.close()
    }
  }
  return wrong
}

async function everything(files: BrowserFiles, below = ''): Promise<string> {
  const found: string[] = []
  for (const name of await files.list(below)) {
    const path = below === '' ? name : `${below}/${name}`
    const stat = await files.stat(path)
    const content = stat?.kind === 'file' ? new TextDecoder().decode((await files.read(path))!).slice(0, 20) : ''
    found.push(`${path} ${stat?.kind} ${stat?.mode} ${await files.readLink(path)} ${content}`)
    if (stat?.kind === 'directory') found.push(await everything(files, path))
  }
  return found.join('\n')
}

void run().then((wrong) => (globalThis as unknown as DedicatedWorkerGlobalScope).postMessage(wrong, []))
