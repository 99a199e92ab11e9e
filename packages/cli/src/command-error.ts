/** Every mistake of this side by its stable code; docs/reference/cli.md lists them. */
export const commandErrors = {
  usage: 'the command does not exist, or was given wrong arguments or options',
  'option-invalid': 'an option has a value that it cannot have, or lacks another one',
  'not-logged-in': 'nobody is logged in',
  'login-unreadable': 'the saved login cannot be read',
  'authority-unreadable': 'the file with the certificate of the hub’s authority cannot be read',
  'password-unreadable': 'the file with the password cannot be read',
  'link-invalid': 'a link for making an account is not one',
  'no-terminal': 'a password is needed, and there is no terminal to ask for it',
  'file-unreadable': 'a file cannot be read, or is no UTF-8 text',
  'file-too-large': 'a file is larger than any of its kind may be',
  'file-unwritable': 'a file cannot be written',
  'directory-not-empty': 'the directory of a new service has something in it: nothing is ever overwritten',
  'try-impossible':
    'a service cannot be tried here: hub or devices did not start, or something that it requires is not there',
  'source-wrong': 'a service’s source has mistakes; each with its place in a file',
  'not-a-model': 'a file is neither pattern text nor a JSON document',
  'not-a-pattern': 'a file is no pattern text',
  'model-unreadable': 'a model has errors; `findings` say where',
  'script-unreadable': 'a line of a script cannot be read',
  'scxml-unreadable': 'an SCXML document cannot be imported',
  'map-invalid': 'a file is no map of states',
  'unknown-group': 'no group of devices has that name',
  'unknown-user-group': 'no group of people has that name',
  'policy-unreadable': 'a file is no YAML or JSON, or holds no document',
  'policy-wrong': 'a policy has mistakes; each with its place in the file',
  'unknown-version': 'no such version of a model is published',
  'key-exists': 'the file of a new key exists: keys are never overwritten',
  'key-unreadable': 'a file holds no key, or its passphrase is wrong',
  'passphrase-needed': 'a key is sealed with a passphrase, and there is none',
  'not-delegated': 'the key belongs to no developer that the hub delegates services to',
  'below-threshold': 'more holders have to sign first',
  'metadata-unreadable': 'a file holds no signed metadata, or not those that were meant',
  'hub-absent': 'backups are made by the hub’s own program, and it is not installed here',
  'still-running': 'what was waited for did not come in time; exit status 1',
} as const

/** A mistake in how the command was called or in what it found on this machine, or something that it waited for in vain. */
export class CommandError extends Error {
  /** Exit status. */
  readonly status: 1 | 2
  readonly code: keyof typeof commandErrors
  readonly remedy: string
  /** Where in a file, when there are several. */
  readonly places: readonly { readonly pointer: string; readonly detail: string }[]
  constructor(
    code: keyof typeof commandErrors,
    message: string,
    remedy: string,
    cause?: unknown,
    status: 1 | 2 = 2,
    places: CommandError['places'] = [],
  ) {
    super(message, cause === undefined ? undefined : { cause })
    this.name = 'CommandError'
    this.status = status
    this.code = code
    this.remedy = remedy
    this.places = places
  }
}
