/** What the pure part of the package needs of Node: cryptography, and private keys in memory and in files. */
export { isSealed, KeyFileError, openKeyFile, publicPart, readPublicKey, writeKeyFile } from './key-file.ts'
export { generateKeyPair, keyPair, keyTypes } from './key-pair.ts'
export type { KeyPair, KeyType } from './key-pair.ts'
export { nodeTrustCrypto } from './verify.ts'
