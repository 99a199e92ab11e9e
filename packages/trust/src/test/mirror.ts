import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { AddressInfo } from 'node:net'

/** A repository on disk behind a real HTTP server: `/metadata/…` and `/targets/…`. */
export interface Mirror {
  readonly url: string
  /** A folder of its own for a client. */
  readonly folder: (name: string) => string
  /** Writes a file; the name is as in the address, escaped. */
  readonly write: (name: string, bytes: Uint8Array) => void
  readonly close: () => Promise<void>
}

export async function startMirror(): Promise<Mirror> {
  const root = mkdtempSync(join(tmpdir(), 'sutler-trust-'))
  // On disk the name stays escaped in one piece, so that no role name leads out of the folder.
  const fileOf = (name: string): string => join(root, 'served', encodeURIComponent(name))
  const server = createServer((request, response) => {
    try {
      response.end(readFileSync(fileOf((request.url ?? '').slice(1))))
    } catch {
      response.writeHead(404).end()
    }
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    folder(name) {
      const folder = join(root, name)
      mkdirSync(folder, { recursive: true })
      return folder
    },
    write(name, bytes) {
      mkdirSync(dirname(fileOf(name)), { recursive: true })
      writeFileSync(fileOf(name), bytes)
    },
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
      rmSync(root, { recursive: true })
    },
  }
}
