import type { IncomingMessage, ServerResponse } from 'node:http'
import type { ProtocolHost } from '@sutler/device-model'
import type { Caller, Desk } from '../desk.ts'
import { DdiError } from '../errors.ts'
import type { Shelf } from '../shelf.ts'
import { controllerUrl, isDdi, readAddress, type Address, type Resource } from '../wire/address.ts'
import { artifacts, md5Sum, problem } from '../wire/documents.ts'
import { readBody } from './body.ts'
import { shownBy, type Front } from './caller.ts'
import { sendArtifact } from './send-file.ts'

export interface HandlerParts {
  readonly host: ProtocolHost
  readonly desk: Desk
  readonly shelf: Shelf
  readonly front: Front | null
  /** For links in answers; null: where the device came to. */
  readonly publicUrl: string | null
  /** Files being sent at once. */
  readonly downloads: number
  readonly onFailure: (error: unknown, url: string) => void
}

/** What each resource takes beside OPTIONS. */
const methods: Record<Resource['kind'], readonly string[]> = {
  base: ['GET', 'HEAD'],
  configData: ['PUT'],
  deployment: ['GET', 'HEAD'],
  deploymentFeedback: ['POST'],
  confirmationBase: ['GET', 'HEAD'],
  confirmation: ['GET', 'HEAD'],
  confirmationFeedback: ['POST'],
  activateAutoConfirm: ['POST'],
  deactivateAutoConfirm: ['POST'],
  cancel: ['GET', 'HEAD'],
  cancelFeedback: ['POST'],
  installed: ['GET', 'HEAD'],
  installedVersion: ['PUT'],
  artifacts: ['GET', 'HEAD'],
  artifact: ['GET', 'HEAD'],
  md5sum: ['GET', 'HEAD'],
}

/** Answers what is DDI's; returns false and leaves everything else alone. */
export class DdiHandler {
  readonly #parts: HandlerParts
  readonly #working = new Set<Promise<void>>()
  #sending = 0

  constructor(parts: HandlerParts) {
    this.#parts = parts
  }

  handle(request: IncomingMessage, response: ServerResponse): boolean {
    if (!isDdi(request.url ?? '')) return false
    const work = this.#answer(request, response).catch((error: unknown) => this.#refuse(request, response, error))
    this.#working.add(work)
    void work.finally(() => this.#working.delete(work))
    return true
  }

  /** Resolves when nothing is being answered any more. */
  async idle(): Promise<void> {
    await Promise.all(this.#working)
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const address = readAddress(request.url!)
    const allowed = methods[address.resource.kind]
    if (!allowed.includes(request.method ?? '')) {
      response.setHeader('allow', allowed.join(', '))
      throw new DdiError('wrong-method', address.resource.kind, `it takes ${allowed.join(' and ')}`)
    }
    const caller = await this.#authenticate(request, address)
    if (request.method === 'GET' || request.method === 'HEAD') await this.#read(request, response, address, caller)
    else {
      await this.#write(address.resource, caller, await readBody(request))
      response.writeHead(200, { 'content-length': 0 }).end()
    }
  }

  async #authenticate(request: IncomingMessage, { tenant, controller }: Address): Promise<Caller> {
    const { host, front, publicUrl } = this.#parts
    const { proof, address, origin } = shownBy(request, front, publicUrl)
    const agent = (request.headers['user-agent'] ?? '').slice(0, 200)
    // hawkBit knows tenants in any case: here they have small letters.
    const claim = {
      protocol: 'ddi',
      tenant: tenant.toLowerCase(),
      identity: controller,
      proof,
      address,
      says: { agent },
    }
    const answer = await host.authenticate(claim)
    if ('waiting' in answer)
      throw new DdiError('refused', 'controller', 'it is known to the hub now and waits for an operator')
    if ('refused' in answer) {
      const { refused, retryAfter } = answer
      if (retryAfter !== undefined) throw new DdiError('too-many-attempts', 'controller', refused, { retryAfter })
      throw new DdiError('refused', 'controller', refused)
    }
    return { ...answer, agent, urls: { controller: controllerUrl(origin, tenant, controller) } }
  }

  async #read(request: IncomingMessage, response: ServerResponse, address: Address, caller: Caller): Promise<void> {
    const { desk, shelf } = this.#parts
    const { resource, history } = address
    switch (resource.kind) {
      case 'base':
        return sendJson(request, response, await desk.poll(caller))
      case 'deployment':
      case 'confirmation':
        return sendJson(request, response, await desk.action(caller, resource.action, resource.kind, history))
      case 'cancel':
        return sendJson(request, response, await desk.cancelAction(caller, resource.action))
      case 'confirmationBase':
        return sendJson(request, response, await desk.confirmationBase(caller))
      case 'installed':
        return sendJson(request, response, await desk.installedBase(caller, resource.action, history))
      case 'artifacts': {
        const chunk = await shelf.chunk(await desk.work(caller, resource.action))
        return sendJson(request, response, artifacts(caller.urls, resource.action, chunk))
      }
      case 'md5sum': {
        const artifact = await shelf.artifact(await desk.work(caller, resource.action), resource.file)
        return send(request, response, 'text/plain; charset=utf-8', md5Sum(artifact))
      }
      case 'artifact':
        return this.#download(request, response, caller, resource)
    }
  }

  async #write(resource: Resource, caller: Caller, body: Uint8Array): Promise<void> {
    const { desk } = this.#parts
    switch (resource.kind) {
      case 'configData':
        return desk.configData(caller, body)
      case 'deploymentFeedback':
        return desk.feedback(caller, resource.action, body)
      case 'cancelFeedback':
        return desk.cancelFeedback(caller, resource.action, body)
      case 'confirmationFeedback':
        return desk.confirmationFeedback(caller, resource.action, body)
      case 'activateAutoConfirm':
      case 'deactivateAutoConfirm':
        return desk.autoConfirm(caller, resource.kind === 'activateAutoConfirm', body)
      case 'installedVersion':
        return desk.installedVersion(caller, body)
    }
  }

  async #download(
    request: IncomingMessage,
    response: ServerResponse,
    caller: Caller,
    { action, file }: { action: number; file: string },
  ): Promise<void> {
    const { host, desk, shelf, downloads } = this.#parts
    if (this.#sending >= downloads) throw new DdiError('busy', 'artifact', `${downloads} files are being sent`)
    this.#sending++
    try {
      const work = await desk.work(caller, action)
      const artifact = await shelf.artifact(work, file)
      await sendArtifact(request, response, artifact, (range) =>
        host.openFile(work.manifest.digest, artifact.sha256, range),
      )
    } finally {
      this.#sending--
    }
  }

  #refuse(request: IncomingMessage, response: ServerResponse, error: unknown): void {
    const known =
      error instanceof DdiError ? error : new DdiError('busy', 'hub', 'something failed here', { cause: error })
    if (known !== error) this.#parts.onFailure(error, request.url ?? '')
    if (response.headersSent) {
      response.destroy()
      return
    }
    if (known.status === 401) response.setHeader('www-authenticate', 'TargetToken, GatewayToken')
    const wait = known.retryAfter ?? (known.status === 503 ? 5 : null)
    if (wait !== null) response.setHeader('retry-after', String(wait))
    // What is left of the body is not read.
    if (!request.complete) response.setHeader('connection', 'close')
    send(request, response, 'application/json', problem(known.code, known.message), known.status)
  }
}

function sendJson(request: IncomingMessage, response: ServerResponse, document: string): void {
  const hal = /application\/hal\+json/.test(request.headers.accept ?? '')
  send(request, response, hal ? 'application/hal+json' : 'application/json', document)
}

function send(request: IncomingMessage, response: ServerResponse, type: string, text: string, status = 200): void {
  const length = Buffer.byteLength(text)
  response.writeHead(status, { 'content-type': type, 'content-length': length, 'cache-control': 'no-store' })
  response.end(request.method === 'HEAD' ? undefined : text)
}
