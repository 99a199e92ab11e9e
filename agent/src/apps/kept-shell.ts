/** Set by the build: a digest of the files that the hub serves beside this script. */
declare const shellVersion: string

const scope = globalThis as unknown as ServiceWorkerGlobalScope

/** No service can be named so: apps have caches beside it. */
const prefix = '.shell '

/**
 * The hub's own files on an origin, kept so that they open without the hub. All of one version come from one cache, which is filled when
 * the service worker of that version is installed; a document is fetched anew behind the answer, as what the hub says with it (its policy, where
 * apps run) may change without a new version.
 */
export class KeptShell {
  private readonly name = `${prefix}${shellVersion}`
  private readonly paths: ReadonlySet<string>

  constructor(paths: readonly string[]) {
    this.paths = new Set(paths)
    scope.addEventListener('install', (event) => event.waitUntil(this.fill()))
    scope.addEventListener('activate', (event) => event.waitUntil(this.forgetOthers()))
  }

  /** Answers a request for one of the files. @returns whether it is one */
  answers(event: FetchEvent): boolean {
    const { method, url } = event.request
    const { origin, pathname } = new URL(url)
    if (method !== 'GET' || origin !== scope.location.origin || !this.paths.has(pathname)) return false
    event.respondWith(this.answer(event, pathname))
    return true
  }

  private async answer(event: FetchEvent, path: string): Promise<Response> {
    const found = await (await caches.open(this.name)).match(path)
    if (found === undefined) return this.fetched(path)
    // Without the hub, the document that is kept stays.
    if (event.request.mode === 'navigate') event.waitUntil(this.fetched(path).catch(() => undefined))
    return found
  }

  /** @throws Error while the hub serves another version than this script is of: the next look for a new version tries again */
  private async fill(): Promise<void> {
    await Promise.all([...this.paths].map((path) => this.fetched(path)))
    const kept = await (await caches.open(this.name)).keys()
    if (kept.length !== this.paths.size) throw new Error('the hub serves another version by now')
  }

  /** From the hub, kept when it is good and of this version. */
  private async fetched(path: string): Promise<Response> {
    const answer = await fetch(path, { cache: 'no-cache' })
    if (answer.ok && (await ofThisVersion(answer.clone())))
      await (await caches.open(this.name)).put(path, answer.clone())
    return answer
  }

  private async forgetOthers(): Promise<void> {
    for (const name of await caches.keys()) if (name.startsWith(prefix) && name !== this.name) await caches.delete(name)
  }
}

/** A document says of which version it is; what it is made of has names that stay. */
async function ofThisVersion(answer: Response): Promise<boolean> {
  const isDocument = answer.headers.get('content-type')?.startsWith('text/html') === true
  return !isDocument || (await answer.text()).includes(`content="${shellVersion}"`)
}
