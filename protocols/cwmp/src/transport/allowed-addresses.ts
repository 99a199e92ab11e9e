import { BlockList, isIP } from 'node:net'
import { CwmpUseError } from '../errors.ts'

/** Where connection requests may go: networks that the operator has named. Without any, none are sent. */
export class AllowedAddresses {
  readonly #list = new BlockList()
  readonly empty: boolean

  /** @param networks for example `10.0.0.0/8`, `2001:db8::/32`, `192.0.2.7`. @throws CwmpUseError `bad-setting` */
  constructor(networks: readonly string[]) {
    this.empty = networks.length === 0
    for (const network of networks) this.#add(network)
  }

  /** @param address of IPv4 or IPv6, without brackets */
  has(address: string): boolean {
    const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)
    const plain = mapped?.[1] ?? address
    const family = isIP(plain)
    return family !== 0 && this.#list.check(plain, family === 4 ? 'ipv4' : 'ipv6')
  }

  #add(network: string): void {
    const [address = '', bits, more] = network.trim().split('/')
    const family = isIP(address)
    const most = family === 4 ? 32 : 128
    const length = bits === undefined ? most : /^\d{1,3}$/.test(bits) ? Number(bits) : -1
    if (family === 0 || more !== undefined || length < 0 || length > most)
      throw new CwmpUseError('bad-setting', `${network} is no network; for example 10.0.0.0/8`)
    this.#list.addSubnet(address, length, family === 4 ? 'ipv4' : 'ipv6')
  }
}
