import { spawn } from 'node:child_process'
import { PassThrough } from 'node:stream'
import { connectLocally } from '../platform/local-socket.ts'
import type { SignerLine } from './client.ts'
import { serveSigner } from './serve.ts'
import type { Signer } from './signer.ts'

const program = new URL('main.ts', import.meta.url).pathname

/** A signer that this process starts: it has nothing of the hub's environment, and no way in but this line. */
export function childLine(directory: string): SignerLine {
  const child = spawn(process.execPath, [program, directory], { env: {}, stdio: ['pipe', 'pipe', 'inherit'] })
  child.stdin.on('error', () => child.kill())
  return {
    input: child.stdin,
    output: child.stdout,
    onEnd(then) {
      child.once('close', then)
      child.once('error', then)
    },
    end: () => void child.stdin.end(),
  }
}

/** A signer that somebody else has started. */
export function socketLine(path: string): SignerLine {
  const stream = connectLocally(path)
  return {
    input: stream,
    output: stream,
    onEnd: (then) => void stream.once('close', then),
    end: () => void stream.destroy(),
  }
}

/** A signer in this process, over the same line: for tests that turn the clock. */
export function innerLine(signer: Signer): SignerLine {
  const [input, output] = [new PassThrough(), new PassThrough()]
  serveSigner(signer, input, output)
  return { input, output, onEnd: (then) => void input.once('close', then), end: () => void input.destroy() }
}
