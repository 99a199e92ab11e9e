import { contentTypeOf } from './content-type.ts'
import { addressOf, appsPort, appsReady, inUseCache, versionCache } from './messages.ts'
import type { AppsAnswer, AppsInUse, AppsQuestion, AppsRequest, Judgement } from './messages.ts'

/**
 * The frame through which the device puts its apps onto their origin. Only a page of the hub can hold this frame (the hub's policy for it
 * says so), and whoever holds it gets the one port.
 */

/** What an installed app may do: it runs on an origin of its own, and talks to whom it likes; it loads its parts from itself. */
const policy = [
  "default-src 'self' 'unsafe-inline' data: blob:",
  "script-src 'self' 'unsafe-inline' 'wasm-unsafe-eval' blob:",
  'connect-src http: https: ws: wss: data: blob:',
  'img-src http: https: data: blob:',
  'media-src http: https: data: blob:',
  "object-src 'none'",
  "base-uri 'self'",
].join('; ')

const answers: { [Kind in AppsRequest['t']]: (request: Extract<AppsRequest, { t: Kind }>) => Promise<unknown> } = {
  list: () => inUse(),
  async put({ service, directory, path, bytes }) {
    const cache = await caches.open(versionCache(service, directory))
    const headers = {
      'content-type': contentTypeOf(path),
      'content-length': String(bytes.byteLength),
      'content-security-policy': policy,
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
    }
    await cache.put(addressOf(service, path), new Response(bytes, { headers }))
  },
  async use({ service, directory }) {
    const before = (await inUse())[service]
    const cache = await caches.open(inUseCache)
    await cache.put(`/${service}`, new Response(directory))
    await removeVersions(service, new Set([directory, before]))
  },
  async drop({ service }) {
    await (await caches.open(inUseCache)).delete(`/${service}`)
    await removeVersions(service, new Set())
  },
  check: ({ service, path, timeout }) => check(addressOf(service, path), timeout),
  async clear() {
    for (const name of await caches.keys()) await caches.delete(name)
    for (const { name } of (await indexedDB.databases?.()) ?? []) if (name !== undefined) indexedDB.deleteDatabase(name)
    localStorage.clear()
    const root = await navigator.storage.getDirectory()
    for await (const name of root.keys()) await root.removeEntry(name, { recursive: true })
  },
}

async function inUse(): Promise<AppsInUse> {
  const cache = await caches.open(inUseCache)
  const found: Record<string, string> = {}
  for (const request of await cache.keys())
    found[new URL(request.url).pathname.slice(1)] = (await (await cache.match(request))?.text()) ?? ''
  return found
}

/** The version before is kept: a page of it may be open. */
async function removeVersions(service: string, kept: ReadonlySet<string | undefined>): Promise<void> {
  for (const name of await caches.keys()) {
    const [owner, directory] = name.split(' ')
    if (owner === service && name !== inUseCache && !kept.has(directory)) await caches.delete(name)
  }
}

/** Opens a page of an app in a frame; it says `{ health: 'good' }` or `{ health: 'bad', detail }` to its parent. */
function check(address: string, timeout: number): Promise<Judgement> {
  const frame = document.createElement('iframe')
  frame.hidden = true
  return new Promise((resolve) => {
    const judged = (judgement: Judgement): void => {
      clearTimeout(late)
      removeEventListener('message', heard)
      frame.remove()
      resolve(judgement)
    }
    const heard = ({ source, data }: MessageEvent<unknown>): void => {
      if (source !== frame.contentWindow || typeof data !== 'object' || data === null || !('health' in data)) return
      const detail = 'detail' in data ? String(data.detail).slice(0, 2000) : ''
      judged({ healthy: data.health === 'good', detail, timedOut: false })
    }
    const late = setTimeout(() => judged({ healthy: false, detail: 'it said nothing', timedOut: true }), timeout)
    addEventListener('message', heard)
    frame.src = address
    document.body.append(frame)
  })
}

async function answer({ id, request }: AppsQuestion): Promise<AppsAnswer> {
  try {
    const ask = answers[request.t] as (request: AppsRequest) => Promise<unknown>
    return { id, result: await ask(request) }
  } catch (error) {
    return { id, error: error instanceof Error ? error.message : String(error) }
  }
}

async function begin(): Promise<void> {
  await navigator.serviceWorker.register('service-worker.js', { scope: '/', type: 'classic' })
  await navigator.serviceWorker.ready
  addEventListener('message', ({ source, data, ports: [port] }: MessageEvent<unknown>) => {
    if (source !== parent || data !== appsPort || port === undefined) return
    port.addEventListener('message', ({ data }: MessageEvent<AppsQuestion>) => {
      void answer(data).then((answered) => port.postMessage(answered))
    })
    port.start()
  })
  // To whomever the hub's policy lets hold this frame; there is nothing in it.
  parent.postMessage(appsReady, '*')
}

void begin()
