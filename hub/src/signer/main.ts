import { systemClock } from '../platform/clock.ts'
import { listenLocally } from '../platform/local-socket.ts'
import { KeyStore } from './key-store.ts'
import { serveSigner } from './serve.ts'
import { Signer } from './signer.ts'

/**
 * The signer, a process of its own: `main.ts <directory>` serves the hub that started it, by standard input and output, and ends with
 * it; `main.ts <directory> <socket>` serves hubs on this machine, and may run as another user than they.
 */
const [directory, socket] = process.argv.slice(2)
if (directory === undefined) {
  process.stderr.write('usage: npm run signer -- <directory of the keys> <socket>\n')
  process.exit(2)
}
process.umask(0o077)
const signer = new Signer(await KeyStore.open(directory, Math.floor(systemClock.now() / 1000)), systemClock)
if (socket === undefined) {
  serveSigner(signer, process.stdin, process.stdout)
  process.stdin.on('close', () => process.exit(0))
} else {
  await listenLocally(socket, (stream) => serveSigner(signer, stream, stream))
  process.stderr.write(`the signer is up: ${socket}\n`)
}
// A hub that stops takes its signer along by closing its input; a signal to the whole group must not be quicker.
process.on('SIGINT', () => (socket === undefined ? undefined : process.exit(0)))
