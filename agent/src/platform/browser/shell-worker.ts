import { KeptShell } from '../../apps/kept-shell.ts'
import { useNow } from './view.ts'

/** Opens the device's page without the hub. */

const scope = globalThis as unknown as ServiceWorkerGlobalScope
const shell = new KeptShell(['/device', '/device/style.css', '/device/page.js', '/device/worker.js'])

scope.addEventListener('fetch', (event) => void shell.answers(event))
// A new version waits until a page that opens asks for it: parts of two versions must not meet in one page.
scope.addEventListener('message', ({ data }) => {
  if (data === useNow) void scope.skipWaiting()
})
