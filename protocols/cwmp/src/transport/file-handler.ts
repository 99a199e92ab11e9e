import { planFileAnswer } from '@sutler/http'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { memoryOf, workOf, type Work } from '../session/memory.ts'
import { BodyProblem, readBody } from './body.ts'
import { send, text } from './handler.ts'
import { ticketOf, type Ticket } from './tickets.ts'
import type { CwmpOptions } from '../options.ts'
import type { ProtocolHost } from '@sutler/device-model'

/** Files on their way at once. */
const transferLimit = 500
/** Bytes of an upload that are read, whatever was asked for. */
const uploadLimit = 4_194_304
/** Milliseconds that an upload may take, and that a download may stand still. */
const uploadDeadline = 120_000
const stall = 60_000

/** The file server beside the ACS: what a Download fetches and an Upload brings, each by the address in its request. */
export class FileHandler {
  readonly #options: CwmpOptions
  readonly #host: ProtocolHost
  #transfers = 0

  constructor(host: ProtocolHost, options: CwmpOptions) {
    this.#options = options
    this.#host = host
  }

  async handle(request: IncomingMessage, response: ServerResponse, path: string): Promise<void> {
    const ticket = ticketOf(this.#options.key, path)
    if (ticket === null) return send(response, gone)
    if (this.#transfers >= transferLimit)
      return send(response, { ...text(503, 'Too many transfers.', { 'retry-after': '30' }), close: true })
    this.#transfers++
    try {
      await this.#transfer(request, response, ticket)
    } catch (error) {
      if (error instanceof BodyProblem) return send(response, error.reply)
      this.#options.onProblem?.({
        kind: 'failed',
        device: ticket.device,
        detail: 'a file transfer broke off',
        cause: error,
      })
      response.destroy()
    } finally {
      this.#transfers--
    }
  }

  async #transfer(request: IncomingMessage, response: ServerResponse, ticket: Ticket): Promise<void> {
    const { value } = await this.#host.recall(ticket.device)
    const work = workOf(memoryOf(value), ticket.commandKey)
    const { method = '' } = request
    // A device that was told of it and has no such work any more asks for what was withdrawn.
    if (work === undefined) return send(response, gone)
    if (work.log !== null && (method === 'PUT' || method === 'POST'))
      return this.#upload(request, response, ticket.device, work)
    if (work.log === null && (method === 'GET' || method === 'HEAD'))
      return this.#download(request, response, ticket.device, work)
    send(response, text(405, 'Not by this method.', { allow: work.log === null ? 'GET, HEAD' : 'PUT, POST' }))
  }

  async #download(request: IncomingMessage, response: ServerResponse, device: string, work: Work): Promise<void> {
    const manifest = await this.#host.manifest(work.manifest)
    const file = manifest?.files[work.file]
    if (file === undefined) return send(response, gone)
    const { status, headers, range } = planFileAnswer(
      request.headers,
      { etag: `"${file.digest}"`, size: file.size },
      types,
    )
    const part = range && { start: range.start, end: range.end + 1 }
    const content = part && (await this.#host.openFile(work.manifest, file.digest, part))
    if (part !== null && content === null) return send(response, gone)
    response.writeHead(status, headers)
    if (part === null || content === null || request.method === 'HEAD') return void response.end()
    response.setTimeout(stall, () => response.destroy())
    await pipeline(Readable.from(content), response)
    if (part.end === file.size) await this.#fetched(device, work, file.size)
  }

  /** The file has left whole: the only progress that CWMP lets anybody see. */
  async #fetched(device: string, { output, file, delivery }: Work, size: number): Promise<void> {
    const id = `o${output}-fetched-${file}`
    await this.#host.inputs(device, [{ id, kind: 'progress', delivery, stage: 'downloading', done: size, total: size }])
  }

  async #upload(request: IncomingMessage, response: ServerResponse, device: string, work: Work): Promise<void> {
    const content = await readBody(request, uploadLimit, uploadDeadline)
    const { request: asked, bytes } = work.log!
    const newest = content.subarray(Math.max(0, content.length - bytes)).toString('utf8')
    await this.#host.inputs(device, [
      { id: `o${work.output}-log`, kind: 'log', request: asked, text: newest.replaceAll('\0', '') },
    ])
    send(response, { status: 201 })
  }
}

const gone = text(404, 'There is no such file, or not any more.')

const types = { always: {}, content: { 'content-type': 'application/octet-stream' } }
