import { connect, createServer, type Socket } from 'node:net'
import type { AddressInfo } from 'node:net'

/** A line between a device and its hub that can be slow, and can break. */
export interface NarrowWire {
  readonly port: number
  /** Bytes per second and connection from the hub to the device. */
  rate: number
  /** Breaks the connection that has carried so many bytes to the device, once. */
  cutAfter: number | null
  /** Connections that were broken. */
  readonly cuts: number
  stop(): Promise<void>
}

/** Milliseconds between pieces of what a slow line carries. */
const beat = 20

export async function startNarrowWire(hubPort: number): Promise<NarrowWire> {
  const sockets = new Set<Socket>()
  const state = { rate: Infinity, cutAfter: null as number | null, cuts: 0 }
  const server = createServer((device) => {
    const hub = connect(hubPort, '127.0.0.1')
    for (const socket of [device, hub]) {
      sockets.add(socket)
      socket.on('error', () => {})
      socket.on('close', () => {
        sockets.delete(socket)
        device.destroy()
        hub.destroy()
      })
    }
    device.pipe(hub)
    carry(hub, device, state)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return Object.assign(state, {
    port: (server.address() as AddressInfo).port,
    async stop() {
      for (const socket of sockets) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  })
}

function carry(hub: Socket, device: Socket, state: { rate: number; cutAfter: number | null; cuts: number }): void {
  let carried = 0
  hub.on('data', (bytes) => {
    carried += bytes.length
    if (state.cutAfter !== null && carried >= state.cutAfter) {
      state.cutAfter = null
      state.cuts++
      device.destroy()
      return
    }
    device.write(bytes)
    if (state.rate === Infinity) return
    hub.pause()
    setTimeout(() => hub.resume(), Math.max(beat, (bytes.length * 1000) / state.rate))
  })
  hub.on('end', () => device.end())
}
