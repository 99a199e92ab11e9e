import { appsPort, appsReady } from '../apps/messages.ts'

/**
 * Loads the frame of the apps' origin, unseen.
 * @returns a port to it, for the worker
 * @throws Error when it is not there within `patience` ms
 */
export function openApps(origin: string, patience: number): Promise<MessagePort> {
  const frame = document.createElement('iframe')
  frame.hidden = true
  frame.title = 'Apps'
  frame.src = `${origin}/.sutler/host.html`
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new Error(`${origin} does not answer`)), patience)
    addEventListener('message', ({ source, origin: from, data }) => {
      if (from !== origin || source !== frame.contentWindow || data !== appsReady) return
      clearTimeout(late)
      const { port1, port2 } = new MessageChannel()
      frame.contentWindow!.postMessage(appsPort, origin, [port2])
      resolve(port1)
    })
    document.body.append(frame)
  })
}
