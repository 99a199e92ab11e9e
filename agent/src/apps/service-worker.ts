import { KeptShell } from './kept-shell.ts'
import { inUseCache, versionCache } from './messages.ts'

/** Serves the apps that the device has put onto this origin, and the frame by which it does so; everything else is the hub's. */

const scope = globalThis as unknown as ServiceWorkerGlobalScope

const shell = new KeptShell(['/.sutler/host.html', '/.sutler/host.js'])

/** Which version each open page began with: it gets its other parts from the same one, as long as that is kept. */
const begun = new Map<string, string>()

scope.addEventListener('install', () => void scope.skipWaiting())
scope.addEventListener('activate', (event) => event.waitUntil(scope.clients.claim()))

scope.addEventListener('fetch', (event) => {
  if (shell.answers(event)) return
  const { origin, pathname } = new URL(event.request.url)
  const [, service, path] = /^\/([a-z][a-z0-9-]{1,62})(\/.*)?$/.exec(pathname) ?? []
  if (origin !== scope.location.origin || service === undefined) return
  event.respondWith(answer(event, service, path))
})

async function answer(event: FetchEvent, service: string, path: string | undefined): Promise<Response> {
  const { request } = event
  if (request.method !== 'GET' && request.method !== 'HEAD') return text(405, 'Apps on this device take GET only.')
  if (path === undefined) return Response.redirect(`/${service}/${new URL(request.url).search}`, 301)
  const current = await (await (await caches.open(inUseCache)).match(`/${service}`))?.text()
  if (current === undefined) return text(404, `${service} is not installed on this device.`)
  const opened = request.mode === 'navigate'
  const version = opened ? current : (begun.get(event.clientId) ?? current)
  if (opened && event.resultingClientId !== '') begun.set(event.resultingClientId, current)
  void forgetClosed()
  const address = `/${service}${path.endsWith('/') ? `${path}index.html` : path}`
  const found = (await lookUp(service, version, address)) ?? (await lookUp(service, current, address))
  if (found === undefined) return text(404, `${service} has no file ${path}.`)
  return request.headers.has('range') ? partOf(found, request.headers.get('range')!) : found
}

async function lookUp(service: string, directory: string, address: string): Promise<Response | undefined> {
  const name = versionCache(service, directory)
  // `open` would make it.
  return (await caches.has(name)) ? (await caches.open(name)).match(address) : undefined
}

/** A single range of bytes (RFC 9110, 14.2), as media players ask for; others get the whole. */
async function partOf(whole: Response, range: string): Promise<Response> {
  const [, from, to] = /^bytes=(\d*)-(\d*)$/.exec(range) ?? []
  const blob = await whole.clone().blob()
  if (from === undefined || to === undefined || from + to === '') return whole
  const start = from === '' ? Math.max(0, blob.size - Number(to)) : Number(from)
  const end = from === '' || to === '' ? blob.size : Math.min(blob.size, Number(to) + 1)
  const headers = new Headers(whole.headers)
  if (start >= end) {
    headers.set('content-range', `bytes */${blob.size}`)
    return new Response(null, { status: 416, headers })
  }
  headers.set('content-range', `bytes ${start}-${end - 1}/${blob.size}`)
  headers.set('content-length', String(end - start))
  return new Response(blob.slice(start, end), { status: 206, headers })
}

async function forgetClosed(): Promise<void> {
  if (begun.size < 32) return
  for (const id of begun.keys()) if ((await scope.clients.get(id)) === undefined) begun.delete(id)
}

function text(status: number, message: string): Response {
  return new Response(`${message}\n`, { status, headers: { 'content-type': 'text/plain; charset=utf-8' } })
}
