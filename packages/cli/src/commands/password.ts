import { readFile } from 'node:fs/promises'
import { text } from 'node:stream/consumers'
import { Option } from 'commander'
import { askSecret } from '../ask-secret.ts'
import { CommandError } from '../command-error.ts'

/** For commands that need a password: never an argument, since others on the machine see those. */
export const passwordFile = (): Option =>
  new Option('--password-file <file>', 'read the password from a file (- = standard input)')

/** The password in the file, or else what the person at the terminal types. @throws CommandError `password-unreadable`, `no-terminal` */
export async function passwordOf(file: string | undefined, name: string): Promise<string> {
  return file === undefined ? ask(`Password of ${name}`) : read(file)
}

/** One that is new: typed twice, so that nobody is locked out by a slip. */
export async function newPasswordOf(file: string | undefined, name: string): Promise<string> {
  if (file !== undefined) return read(file)
  for (;;) {
    const first = await ask(`New password of ${name}, at least 12 characters`)
    if (first === (await ask('The same again'))) return first
    process.stderr.write('These were two different ones.\n')
  }
}

async function read(file: string): Promise<string> {
  try {
    // Not /dev/stdin: it cannot be opened where standard input is a socket.
    return (await (file === '-' ? text(process.stdin) : readFile(file, 'utf8'))).trim()
  } catch (error) {
    const remedy = 'Name a file that holds the password only.'
    throw new CommandError('password-unreadable', `${file} cannot be read`, remedy, error)
  }
}

function ask(question: string): Promise<string> {
  return askSecret(question, {
    code: 'no-terminal',
    message: 'there is no terminal to ask for the password',
    remedy: 'Use --password-file FILE (- = standard input).',
  })
}
