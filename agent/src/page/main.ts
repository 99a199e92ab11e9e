import type { FromWorker, ToWorker } from '../platform/browser/view.ts'
import { openApps } from './apps-frame.ts'
import { devicePage } from './device-page.ts'
import { keepPage } from './keep-page.ts'
import { words } from './words.ts'

/** The page of a device: shows what its worker tells, and passes on what the person decides. */

const software = 'sutler-agent-page 0.1.0'
const patience = 30_000

const appsOrigin = document.querySelector<HTMLMetaElement>('meta[name=sutler-apps]')?.content ?? ''
const worker = new Worker('/device/worker.js')
const send = (message: ToWorker, given: Transferable[] = []): void => worker.postMessage(message, given)

const page = devicePage({
  hub: location.origin,
  appsOrigin,
  onEnrol(claim, serial) {
    // Asked when a person does something: some browsers ask them in turn.
    void navigator.storage.persist().then((lasting) => send({ t: 'lasting', lasting }))
    send({ t: 'enrol', claim, serial })
  },
  onAgain: () => send({ t: 'again' }),
  onErase: () => send({ t: 'erase' }),
  onRead: () => send({ t: 'read' }),
})
document.body.append(page.whole)

worker.addEventListener('message', ({ data }: MessageEvent<FromWorker>) => {
  if (data.t === 'view') page.show(data.view)
  else if (data.t === 'restart') location.reload()
  else location.replace('/device')
})

/** A claim in the address is taken over into the form, and out of the history. */
function takeClaim(): void {
  const claim = new URLSearchParams(location.hash.slice(1)).get('claim')
  if (claim === null) return
  history.replaceState(null, '', location.pathname)
  page.offerClaim(claim)
}

async function begin(): Promise<void> {
  takeClaim()
  addEventListener('hashchange', takeClaim)
  // A browser that keeps nothing, or that sees the hub for the first time while it goes away: the page needs the hub then.
  await keepPage().catch(() => undefined)
  try {
    const apps = await openApps(appsOrigin, patience)
    const lasting = await navigator.storage.persisted()
    send({ t: 'start', hub: location.origin, software, lasting, apps }, [apps])
  } catch {
    // Whatever it was, the device cannot be without its apps: the words say what to look at.
    page.fail(words.noApps)
  }
}

void begin()
