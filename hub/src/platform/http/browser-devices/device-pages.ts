import { Hono, type Context } from 'hono'
import { CallerError, errorCode, OutsideError } from '../../errors.ts'
import type { ApiEnv } from '../api.ts'
import { bindings } from '../bindings.ts'
import { noSuchRoute } from '../codes.ts'
import { builtFiles, devicePageUnbuilt } from './built-files.ts'
import type { Origins } from './origins.ts'

export const browserDevicesOff = errorCode(
  'browser-devices-off',
  404,
  'Browsers are no devices at this hub',
  'Set SUTLER_APP_PORT, with TLS, or SUTLER_PLAIN_APP_PORT, on the hub’s own machine: docs/guide/browser-device.md.',
)

/** It may serve the page itself, which is no file below `/device/`. */
const shellWorker = 'shell-worker.js'

/**
 * `/device`: the page that makes a browser a device. It loads from the hub alone, frames the origin of its apps alone, and nobody
 * frames it. No data are in it.
 * @param directory of the built page
 */
export function devicePages(directory: string, origins: Origins): Hono<ApiEnv> {
  const files = builtFiles(directory)
  const index = files.get('index.html')?.bytes.toString()
  const app = new Hono<ApiEnv>()
  app.get('/device', (c) => {
    const apps = appsOf(c, origins)
    if (index === undefined) throw new OutsideError(devicePageUnbuilt, `${directory} has no index.html.`)
    const headers = { 'content-type': 'text/html; charset=utf-8', 'cross-origin-opener-policy': 'same-origin' }
    return c.body(index.replace('{apps}', apps), 200, { ...headers, ...guards(`frame-src ${apps}`) })
  })
  app.get('/device/:file', (c) => {
    const name = c.req.param('file')
    const file = name === 'index.html' ? undefined : files.get(name)
    if (file === undefined) throw new CallerError(noSuchRoute, `${c.req.path} is no address of this hub.`)
    const allowed = name === shellWorker ? { 'service-worker-allowed': '/device' } : {}
    const headers = { 'content-type': file.type, etag: file.etag, ...allowed, ...guards("frame-src 'none'") }
    return c.req.header('if-none-match') === file.etag ? c.body(null, 304, headers) : c.body(file.bytes, 200, headers)
  })
  return app
}

function appsOf(c: Context<ApiEnv>, origins: Origins): string {
  const { incoming } = bindings(c)
  const apps = incoming === undefined ? null : origins.appsFor(incoming)
  if (apps === null) throw new CallerError(browserDevicesOff, 'There is no origin on which apps could run.')
  return apps
}

/** Also of scripts: a worker keeps to the policy that its own script came with. */
function guards(frames: string): Record<string, string> {
  return {
    'content-security-policy':
      "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; worker-src 'self'; base-uri 'none'; " +
      `form-action 'none'; frame-ancestors 'none'; ${frames}`,
    'cache-control': 'no-cache',
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
  }
}
