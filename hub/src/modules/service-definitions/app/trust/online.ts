import type { Role, Root } from '@sutler/trust'
import { OutsideError } from '../../../../platform/errors.ts'
import { SignerRefusal, signerUnavailable } from '../../../../signer/refusal.ts'
import type { OnlineRole, OnlineSigner, SignRequest } from '../../../../signer/requests.ts'

type FieldsOf<R extends OnlineRole> = Extract<SignRequest, { role: R }>['fields']

/** Signs with whichever of a role's keys this hub's signer holds. */
export class OnlineRoles {
  readonly #signer: OnlineSigner
  #keys: Promise<readonly { readonly role: OnlineRole; readonly keyId: string }[]> | null = null

  constructor(signer: OnlineSigner) {
    this.#signer = signer
  }

  /**
   * Signs a document of a role of this root. A version that the signer has gone past is raised above it: the database may be an older
   * copy than the signer's memory.
   * @throws OutsideError `signer-unavailable`; SignerRefusal
   */
  async sign<R extends OnlineRole>(root: Root, role: R, fields: FieldsOf<R>): Promise<Buffer> {
    const key = await this.#keyOf(role, roleOf(root, role))
    const request = (version: number) => ({ role, key, fields: { ...fields, version } }) as Omit<SignRequest, 'kind'>
    try {
      return await this.#signer.sign(request(fields.version))
    } catch (error) {
      if (!(error instanceof SignerRefusal)) throw error
      if (error.reason === 'unknown-key') this.#keys = null
      if (error.reason !== 'version-refused' || (error.last ?? 0) < fields.version) throw error
      return this.#signer.sign(request(error.last! + 1))
    }
  }

  async #keyOf(role: OnlineRole, { keyids }: Role): Promise<string> {
    const find = async () => (await this.#known()).find((key) => key.role === role && keyids.includes(key.keyId))
    let found = await find()
    if (found === undefined) {
      // Another key may have been made since.
      this.#keys = null
      found = await find()
    }
    if (found) return found.keyId
    throw new OutsideError(signerUnavailable, `This hub’s signer holds no key of the role ${role} in force.`)
  }

  #known() {
    this.#keys ??= this.#signer.publicKeys().catch((error: unknown) => {
      this.#keys = null
      throw error
    })
    return this.#keys
  }
}

function roleOf(root: Root, role: OnlineRole): Role {
  return role === 'director' ? root.director! : root.roles[role]
}
