import { rm, mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { benchHub, publish } from './bench-hub.ts'
import { startProcess } from './bench-process.ts'
import { offerOf } from './link-holder.ts'
import { figure, median, type Bench, type Figure } from './measure.ts'
import { oneFileService } from './one-file-service.ts'
import { download } from './raw-http.ts'

/**
 * File delivery: 100 MB over one connection, by a device's own link, against `http.createServer` and `createReadStream` in
 * a process of its own; and the same in ranges of 4 MiB, a connection each. Rounds alternate; the client is the same.
 */

const size = 100_000_000
const slice = 4 * 1024 * 1024

export const bench: Bench = async ({ quick, say, resources }) => {
  const hub = await benchHub({ resources })
  const service = oneFileService(size)
  await publish(hub, service)
  const [[digest, content]] = service.files as unknown as [[string, Buffer]]
  const { link } = await offerOf({ resources }, hub, service.id)
  const base = hub.url + new URL(link.base).pathname
  const own = `${base}/${digest}?${link.query}`

  const directory = await mkdtemp(join(tmpdir(), 'sutler-bench-'))
  resources.defer(() => rm(directory, { recursive: true, force: true }))
  const path = join(directory, 'content')
  await writeFile(path, content)
  const server = startProcess('raw-file-server.ts')
  resources.defer(() => server.stop())
  const raw = `http://127.0.0.1:${await server.ask<number>({ path, size })}/`

  const rounds = quick ? 5 : 15
  const compare = async (what: string, fetch: (url: string) => Promise<number>): Promise<Figure> => {
    const rates = { own: [] as number[], raw: [] as number[] }
    // The first round warms both up.
    for (let round = 0; round <= rounds; round++) {
      const measured = [await fetch(raw), await fetch(own)] as const
      if (round === 0) continue
      rates.raw.push(measured[0])
      rates.own.push(measured[1])
    }
    const ratio = median(rates.own.map((rate, round) => rate / rates.raw[round]!))
    say(`${what}: ${median(rates.own).toFixed(0)} MB/s, raw ${median(rates.raw).toFixed(0)} MB/s`)
    const against = `createReadStream ${median(rates.raw).toFixed(0)} MB/s`
    return figure(rates.own, 'MB/s', { against, ratio, goal: 'ratio ≥ 1.0' })
  }
  return {
    'files.http_vs_raw': await compare('whole', whole),
    'files.range_vs_raw': await compare('in ranges of 4 MiB', inRanges),
  }
}

/** MB/s. @throws Error when the answer is not the whole file */
async function whole(url: string): Promise<number> {
  const { status, bytes, seconds } = await download(url)
  if (status !== 200 || bytes !== size) throw new Error(`${url}: status ${status}, ${bytes} bytes`)
  return bytes / 1e6 / seconds
}

/** MB/s. @throws Error when an answer is not the range asked for */
async function inRanges(url: string): Promise<number> {
  let total = 0
  for (let from = 0; from < size; from += slice) {
    const to = Math.min(from + slice, size) - 1
    const { status, bytes, seconds } = await download(url, `bytes=${from}-${to}`)
    if (status !== 206 || bytes !== to - from + 1) throw new Error(`${url}: status ${status}, ${bytes} bytes`)
    total += seconds
  }
  return size / 1e6 / total
}
