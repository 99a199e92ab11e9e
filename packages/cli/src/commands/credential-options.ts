import { Option, type Command } from 'commander'
import { CommandError } from '../command-error.ts'
import { readText } from '../read-text.ts'

export const foreignProtocols = ['ddi', 'mender', 'cwmp', 'usp', 'lwm2m'] as const
export const deviceClasses = ['set-top-box', 'phone', 'gateway'] as const
export type Protocol = (typeof foreignProtocols)[number]
export type DeviceClass = (typeof deviceClasses)[number]

const kinds = ['token', 'password', 'psk', 'certificate', 'public-key', 'connection-request'] as const

export interface CredentialOptions {
  readonly credential?: (typeof kinds)[number]
  readonly username?: string
  readonly secretFile?: string
  readonly subject?: string
}

type WantedCredential =
  | { kind: 'token'; token?: string }
  | { kind: 'password'; username?: string; password?: string }
  | { kind: 'connection-request'; username?: string; password?: string }
  | { kind: 'psk'; username?: string; key?: string }
  | { kind: 'certificate'; certificate?: string; subject?: string }
  | { kind: 'public-key'; publicKey: string }

/** Options by which a command says what a device proves itself by. */
export function credentialOptions(command: Command): Command {
  return command
    .addOption(
      new Option('--credential <kind>', 'what it proves itself by (default: the usual one of its protocol)').choices(
        kinds,
      ),
    )
    .option('--username <text>', 'what it shows with a password or a pre-shared key (default: its identity)')
    .option(
      '--secret-file <file>',
      'file with the secret (a key in hexadecimal), certificate or public key (PEM); absent = the hub makes the secret and shows it once',
    )
    .option('--subject <text>', 'of a certificate, as whoever verifies it in front of the hub says it')
}

/** @throws CommandError `option-invalid`, `file-unreadable` */
export async function wantedCredential(options: CredentialOptions): Promise<WantedCredential | undefined> {
  const { credential: kind, username, secretFile, subject } = options
  if (kind === undefined) {
    if ((username ?? secretFile ?? subject) === undefined) return undefined
    throw new CommandError('option-invalid', 'a credential of no kind', 'Say its kind: --credential password, say.')
  }
  const secret = secretFile === undefined ? undefined : (await readText(secretFile)).trim()
  const named = username === undefined ? {} : { username }
  switch (kind) {
    case 'token':
      return { kind, ...(secret !== undefined && { token: secret }) }
    case 'psk':
      return { kind, ...named, ...(secret !== undefined && { key: secret }) }
    case 'certificate':
      return { kind, ...(secret !== undefined && { certificate: secret }), ...(subject !== undefined && { subject }) }
    case 'public-key':
      if (secret !== undefined) return { kind, publicKey: secret }
      throw new CommandError('option-invalid', 'a public key is not given', 'Name its file: --secret-file key.pem.')
    default:
      return { kind, ...named, ...(secret !== undefined && { password: secret }) }
  }
}

/** What was made, for whoever sets up the device. */
export function madeText(made: { kind: string; username: string | null; secret: string | null }): string {
  const { kind, username, secret } = made
  if (secret === null) return `${kind}: as you gave it`
  return username === null ? secret : `${username}\n${secret}`
}
