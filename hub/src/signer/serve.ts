import type { Readable, Writable } from 'node:stream'
import { readLines, writeLine } from '../platform/json-lines.ts'
import { SignerRefusal } from './refusal.ts'
import type { Signer } from './signer.ts'

/** Bytes of one request: a snapshot of as many roles as there may be. */
export const mostRequestBytes = 4 * 1024 * 1024

/** Answers requests `{ id, request }` with `{ id, answer }` or `{ id, refused: { reason, detail, last } }`, in their order. */
export function serveSigner(signer: Signer, input: Readable, output: Writable): void {
  let last: Promise<void> = Promise.resolve()
  readLines(input, mostRequestBytes, (value) => {
    const { id, request } = (value ?? {}) as { id?: unknown; request?: unknown }
    last = last.then(async () => writeLine(output, { id, ...(await answered(signer, request)) }))
  })
}

async function answered(signer: Signer, request: unknown): Promise<object> {
  try {
    return { answer: await signer.answer(request) }
  } catch (error) {
    if (error instanceof SignerRefusal)
      return {
        refused: { reason: error.reason, detail: error.message.slice(error.reason.length + 2), last: error.last },
      }
    return { refused: { reason: 'bad-request', detail: 'the signer failed', last: null } }
  }
}
