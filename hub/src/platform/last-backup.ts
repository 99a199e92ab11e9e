import { open, readFile, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { Gauge } from 'prom-client'
import type { Metrics } from './metrics.ts'

/** In the data directory: when the last backup of it was made. */
const file = 'last-backup'

/** Remembers that a whole backup was made. A data directory that may not be written to is left as it is. */
export async function rememberBackup(dataDirectory: string, madeAt: Date): Promise<void> {
  const draft = join(dataDirectory, `${file}.next`)
  try {
    const handle = await open(draft, 'w', 0o644)
    await handle.writeFile(`${madeAt.toISOString()}\n`).finally(() => handle.close())
    await rename(draft, join(dataDirectory, file))
  } catch {
    // The backup itself is whole: only its measurement stays old.
    await rm(draft, { force: true }).catch(() => {})
  }
}

/** Shows by a measurement when that was; 0 = never. */
export function measureBackups(metrics: Metrics, dataDirectory: string): void {
  void new Gauge({
    name: 'sutler_backup_timestamp_seconds',
    help: 'When the last backup of this hub was made, seconds since the Unix epoch; 0 = never',
    registers: [metrics],
    async collect() {
      const text = await readFile(join(dataDirectory, file), 'utf8').catch(() => '')
      this.set((Date.parse(text.trim()) || 0) / 1000)
    },
  })
}
