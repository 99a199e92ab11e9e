import { AgentError } from '../../core/errors.ts'
import type { AppsAnswer, AppsInUse, AppsQuestion, AppsRequest, Judgement } from '../../apps/messages.ts'

/** Within so many ms the apps' origin answers; a check has its own time beside. */
const patience = 60_000

interface Waiting {
  resolve(result: unknown): void
  reject(error: AgentError): void
}

/** The device's end of the port to its apps' origin. */
export class AppsLink {
  private readonly port: MessagePort
  private readonly waiting = new Map<number, Waiting>()
  private count = 0

  constructor(port: MessagePort) {
    this.port = port
    port.addEventListener('message', ({ data }: MessageEvent<AppsAnswer>) => {
      const asked = this.waiting.get(data.id)
      this.waiting.delete(data.id)
      if (data.error === undefined) asked?.resolve(data.result)
      else asked?.reject(new AgentError('disk', `the apps' origin: ${data.error}`))
    })
    port.start()
  }

  inUse(): Promise<AppsInUse> {
    return this.ask({ t: 'list' }) as Promise<AppsInUse>
  }

  async put(service: string, directory: string, path: string, bytes: ArrayBuffer): Promise<void> {
    await this.ask({ t: 'put', service, directory, path, bytes }, [bytes])
  }

  async use(service: string, directory: string): Promise<void> {
    await this.ask({ t: 'use', service, directory })
  }

  async drop(service: string): Promise<void> {
    await this.ask({ t: 'drop', service })
  }

  check(service: string, path: string, timeout: number): Promise<Judgement> {
    return this.ask({ t: 'check', service, path, timeout }, [], timeout + patience) as Promise<Judgement>
  }

  async clear(): Promise<void> {
    await this.ask({ t: 'clear' })
  }

  /** @throws AgentError `disk` */
  private ask(request: AppsRequest, given: Transferable[] = [], within = patience): Promise<unknown> {
    const id = ++this.count
    return new Promise((resolve, reject) => {
      const late = setTimeout(() => {
        this.waiting.delete(id)
        reject(new AgentError('disk', `the apps' origin does not answer: ${request.t}`))
      }, within)
      const settled = (): void => clearTimeout(late)
      this.waiting.set(id, {
        resolve: (result) => (settled(), resolve(result)),
        reject: (error) => (settled(), reject(error)),
      })
      this.port.postMessage({ id, request } satisfies AppsQuestion, given)
    })
  }
}
