/** As much of a browser as logging in needs: keeps cookies by host, follows redirects, does not run scripts. */
export class CookieBrowser {
  readonly #jar = new Map<string, Map<string, string>>()

  /** One request, without following where it leads. */
  async ask(url: string, form?: Readonly<Record<string, string>>): Promise<Response> {
    const { host } = new URL(url)
    const cookies = [...(this.#jar.get(host) ?? [])].map(([name, value]) => `${name}=${value}`).join('; ')
    const response = await fetch(url, {
      redirect: 'manual',
      headers: cookies === '' ? {} : { cookie: cookies },
      ...(form === undefined ? {} : { method: 'POST', body: new URLSearchParams(form) }),
    })
    for (const line of response.headers.getSetCookie()) this.#keep(host, line)
    return response
  }

  /** Follows redirects until `stop` holds for the next address, or until there is a page. */
  async go(url: string, stop: (url: string) => boolean = () => false, form?: Readonly<Record<string, string>>) {
    let at = url
    let response = await this.ask(at, form)
    for (let hops = 0; hops < 20; hops++) {
      const next = response.headers.get('location')
      if (next === null) return { url: at, response }
      at = new URL(next, at).href
      if (stop(at)) return { url: at, response }
      response = await this.ask(at)
    }
    throw new Error(`too many redirects, the last to ${at}`)
  }

  cookie(url: string, name: string): string | undefined {
    return this.#jar.get(new URL(url).host)?.get(name)
  }

  #keep(host: string, line: string): void {
    const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
    const cookies = this.#jar.get(host) ?? new Map<string, string>()
    this.#jar.set(host, cookies)
    if (value === '' || /max-age=0|expires=thu, 01 jan 1970/i.test(line)) cookies.delete(name)
    else cookies.set(name, value)
  }
}
