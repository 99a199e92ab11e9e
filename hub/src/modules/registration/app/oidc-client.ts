import * as oidc from 'openid-client'
import { OutsideError } from '../../../platform/errors.ts'
import { ask } from '../../../platform/outgoing-http.ts'
import { oidcSecrets, type Claims, type IdentityProvider } from '../domain/identity-provider.ts'
import { providerFailed } from './codes.ts'
import type { RegistrationDependencies } from './dependencies.ts'

/** Milliseconds for one question to a provider. */
const timeout = 10_000
const answerLimit = 512 * 1024
/** How long what a provider says of itself is believed, milliseconds. */
const believedFor = 10 * 60_000
const mostRemembered = 100

interface Known {
  readonly configuration: Promise<oidc.Configuration>
  readonly until: number
}

/** Talks to identity providers: never to addresses inside the hub's network unless the operator allows it, never for long. */
export class OidcClient {
  readonly #deps: RegistrationDependencies
  readonly #known = new Map<string, Known>()

  constructor(deps: RegistrationDependencies) {
    this.#deps = deps
  }

  /** Where to send the browser. @throws OutsideError `identity-provider-failed` */
  async authorizationUrl(
    provider: IdentityProvider,
    sealed: Buffer | null,
    state: string,
    browserSecret: string,
  ): Promise<string> {
    const { verifier, nonce } = oidcSecrets(browserSecret)
    const configuration = await this.#configuration(provider, sealed)
    const parameters = {
      redirect_uri: this.callback(provider),
      scope: provider.scopes.join(' '),
      state,
      nonce,
      code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
    }
    return oidc.buildAuthorizationUrl(configuration, parameters).href
  }

  /**
   * The claims of whoever logged in: signed by the provider, for this hub, for this log-in. @param query of the callback
   * @throws OutsideError `identity-provider-failed`; what the library throws when anything is not as it must be
   */
  async claims(
    provider: IdentityProvider,
    sealed: Buffer | null,
    query: string,
    state: string,
    browserSecret: string,
  ): Promise<Claims & { sub: string }> {
    const { verifier, nonce } = oidcSecrets(browserSecret)
    const configuration = await this.#configuration(provider, sealed)
    const tokens = await oidc.authorizationCodeGrant(configuration, new URL(`${this.callback(provider)}?${query}`), {
      pkceCodeVerifier: verifier,
      expectedState: state,
      expectedNonce: nonce,
      idTokenExpected: true,
    })
    return tokens.claims()!
  }

  callback(provider: IdentityProvider): string {
    return `${this.#deps.publicUrl()}/api/v1/oidc/${provider.id}/callback`
  }

  #configuration(provider: IdentityProvider, sealed: Buffer | null): Promise<oidc.Configuration> {
    const now = this.#deps.clock.monotonic()
    const key = `${provider.id} ${provider.version}`
    const known = this.#known.get(key)
    if (known && now < known.until) return known.configuration
    const configuration = this.#discover(provider, sealed)
    // What failed is asked again.
    configuration.catch(() => this.#known.delete(key))
    this.#known.set(key, { configuration, until: now + believedFor })
    if (this.#known.size > mostRemembered) this.#known.delete(this.#known.keys().next().value!)
    return configuration
  }

  async #discover(provider: IdentityProvider, sealed: Buffer | null): Promise<oidc.Configuration> {
    const { identityProvidersInside: allowInside, sealing } = this.#deps
    const secret = sealed === null ? null : sealing.open(`identity provider ${provider.id}`, sealed).toString()
    const plain = provider.issuer.startsWith('http:')
    try {
      return await oidc.discovery(
        new URL(provider.issuer),
        provider.clientId,
        {},
        secret === null ? oidc.None() : oidc.ClientSecretBasic(secret),
        {
          timeout: timeout / 1000,
          [oidc.customFetch]: (url, { method, headers, body }) =>
            ask(url, { method, headers, body: body?.toString(), allowInside, timeout, answerLimit }),
          // The signature is checked although the token comes straight from the provider.
          execute: [oidc.enableNonRepudiationChecks, ...(plain ? [oidc.allowInsecureRequests] : [])],
        },
      )
    } catch (error) {
      if (error instanceof OutsideError) throw error
      throw new OutsideError(providerFailed, `${provider.name} could not be asked what it offers.`, { cause: error })
    }
  }
}
