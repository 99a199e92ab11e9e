/** Secrets of a test, by what they are, and how to find them in what a hub says and keeps. */
export class PlantedSecrets {
  readonly #forms = new Map<string, readonly string[]>()

  /** From now on it is looked for. @returns it */
  plant<T extends string | Buffer>(what: string, secret: T): T {
    if (secret.length < 12) throw new Error(`${what} is too short to be told from other text`)
    this.#forms.set(`${what} ${this.#forms.size}`, formsOf(secret))
    return secret
  }

  get size(): number {
    return this.#forms.size
  }

  /** Which of them are in the text, readable or encoded. @param except those that may be: the text is what hands them out */
  in(text: string, except: readonly string[] = []): string[] {
    const lower = text.toLowerCase()
    return [...this.#forms]
      .filter(([, [plain = '']]) => !except.includes(plain))
      .filter(
        ([, [plain, hex, ...others]]) =>
          lower.includes(hex!) || [plain!, ...others].some((form) => text.includes(form)),
      )
      .map(([what]) => what)
  }
}

/** As it is, in hexadecimal, in a URL, in JSON, and in base64, also as a part of something longer. */
function formsOf(given: string | Buffer): string[] {
  const bytes = Buffer.from(given as string)
  const secret = typeof given === 'string' ? given : given.toString('latin1')
  const base64 = [0, 1, 2].flatMap((before) => {
    const whole = Buffer.concat([Buffer.alloc(before), bytes])
      .toString('base64')
      .replace(/=+$/, '')
    // The first and last characters also depend on what stands beside it.
    const inner = whole.slice(Math.ceil((before * 4) / 3), bytes.length % 3 === 0 && before === 0 ? undefined : -1)
    return [inner, inner.replaceAll('+', '-').replaceAll('/', '_')]
  })
  return [secret, bytes.toString('hex'), encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1), ...base64]
}
