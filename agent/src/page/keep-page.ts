import { useNow } from '../platform/browser/view.ts'

/**
 * Keeps the page for when the hub is away. A new version that came while the page was open last time is put in use now, before
 * anything has begun: the page is loaded again with it.
 */
export async function keepPage(): Promise<void> {
  const workers = navigator.serviceWorker
  const registration = await workers.register('/device/shell-worker.js', { scope: '/device' })
  const { waiting } = registration
  if (waiting === null) return
  const taken = new Promise<void>((resolve) => {
    workers.addEventListener('controllerchange', () => resolve(), { once: true })
  })
  waiting.postMessage(useNow, [])
  await taken
  location.reload()
  // Nothing is to begin in a page that is about to go.
  await new Promise<never>(() => undefined)
}
