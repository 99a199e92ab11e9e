import { resolve } from 'node:path'
import { AgentError } from './core/errors.ts'

export const usage = `sutler-agent --hub <url> [--claim <claim>] [options]
sutler-agent --erase --dir <path>

  --hub <url>               the hub's address, for example https://hub.example:8480
  --claim <claim>           needed once, to enrol; ignored afterwards
  --claim-certificate <file>, --claim-key <file>
                            in place of --claim: what a factory enrols devices with (sutler claim batch); PEM
  --ca <file>               certificate of the authority that the hub is recognised by (PEM), where the claim does not
                            carry its fingerprint and the system does not trust it
  --trust-root <file>       signed root metadata to begin with, put there at the factory (default: the hub gives them)
  --dir <path>              the agent's own directory (default ./device)
  --class <class>           set-top-box, phone or gateway (default set-top-box)
  --serial <text>           the device's serial number (default: one is made and kept)
  --model <text>            the device's model (default: what the system tells)
  --time-zone <name>        IANA name (default: the system's)
  --metered <yes|no|auto>   whether its link costs by the byte (default auto: what the system tells)
  --files <http|mqtt>       how files come: over HTTP (default), or in chunks over MQTT, where the device has nothing else;
                            to enrol and to renew its certificate it needs HTTP either way
  --restart <mode>          what starting the device again means:
                            inline   the agent starts again within its process (default)
                            exit     the process ends with status 75 for a supervisor to start it again
                                     (systemd: RestartForceExitStatus=75)
                            command  run --restart-command, for example to reboot
  --restart-command <line>  program and arguments, separated by spaces
  --message-command <line>  program and arguments that show a text to the person at the device, which they get on standard
                            input, for example wall (default: the device has no screen)
  --verify-every <minutes>  how often all files in place are read again, to notice what has changed (default 360; 0 = only
                            at the start)
  --json-log                one JSON object per line on standard output
  --erase                   removes all that the agent keeps: key, certificate, services and their files, for a device that
                            goes out of service or to somebody else; it must enrol anew (decommission it at the hub, too)
  --version, --help

Ends with 0 when stopped, 2 when it was started wrongly or its claim was refused, 3 when another agent works in the
directory, 75 when it wants to be started again, 1 on other failures.`

const classes = ['set-top-box', 'phone', 'gateway']
const restarts = ['inline', 'exit', 'command'] as const

export interface AgentArguments {
  readonly hub: string
  readonly claim: string | null
  /** Files. */
  readonly claimFiles: { readonly certificate: string; readonly key: string } | null
  /** File. */
  readonly ca: string | null
  /** File. */
  readonly trustRoot: string | null
  /** Absolute. */
  readonly directory: string
  readonly class: string
  readonly serial: string | null
  readonly model: string | null
  readonly timeZone: string | null
  /** Null = what the system tells. */
  readonly metered: boolean | null
  readonly filesOverMqtt: boolean
  readonly restart: (typeof restarts)[number]
  readonly restartCommand: readonly string[]
  /** Empty = none. */
  readonly messageCommand: readonly string[]
  /** Milliseconds. */
  readonly verifyEvery: number
  readonly jsonLog: boolean
}

/** Nothing but this directory is to be removed. */
export interface Erasure {
  /** Absolute. */
  readonly erase: string
}

/**
 * Reads the command line.
 * @returns 'help' or 'version' when asked for that
 * @throws AgentError `bad-argument` naming the option
 */
export function readArguments(words: readonly string[]): AgentArguments | Erasure | 'help' | 'version' {
  const { values, flags } = parse(words)
  if (flags.has('help')) return 'help'
  if (flags.has('version')) return 'version'
  if (flags.has('erase')) return { erase: resolve(values['dir']!) }
  const given = {
    hub: hubAddress(values['hub']),
    claim: values['claim'] ?? null,
    claimFiles: claimFiles(values['claim'], values['claim-certificate'], values['claim-key']),
    ca: values['ca'] ?? null,
    trustRoot: values['trust-root'] ?? null,
    directory: resolve(values['dir']!),
    class: oneOf('--class', values['class']!, classes),
    serial: shortText('--serial', values['serial']),
    model: shortText('--model', values['model']),
    timeZone: timeZone(values['time-zone']),
    metered: metered(oneOf('--metered', values['metered']!, ['yes', 'no', 'auto'])),
    filesOverMqtt: oneOf('--files', values['files']!, ['http', 'mqtt']) === 'mqtt',
    restart: oneOf('--restart', values['restart']!, restarts),
    restartCommand: wordsOf(values['restart-command']),
    messageCommand: wordsOf(values['message-command']),
    verifyEvery: minutes('--verify-every', values['verify-every']!),
    jsonLog: flags.has('json-log'),
  }
  if (given.restart === 'command' && given.restartCommand.length === 0) {
    throw new AgentError('bad-argument', '--restart command needs --restart-command')
  }
  return given
}

/** Options that take a value, with their defaults. */
const valued: Readonly<Record<string, string | undefined>> = {
  hub: undefined,
  claim: undefined,
  'claim-certificate': undefined,
  'claim-key': undefined,
  ca: undefined,
  'trust-root': undefined,
  dir: 'device',
  class: 'set-top-box',
  serial: undefined,
  model: undefined,
  'time-zone': undefined,
  metered: 'auto',
  files: 'http',
  restart: 'inline',
  'restart-command': undefined,
  'message-command': undefined,
  'verify-every': '360',
}

const flags: ReadonlySet<string> = new Set(['json-log', 'erase', 'help', 'version'])

interface Words {
  readonly values: Readonly<Record<string, string | undefined>>
  readonly flags: ReadonlySet<string>
}

/** `--name value`, `--name=value`, `--flag`. By hand: node:util's parser costs an agent two megabytes on Node 24. */
function parse(words: readonly string[]): Words {
  const values = { ...valued }
  const given = new Set<string>()
  for (let at = 0; at < words.length; at++) {
    const word = words[at]!
    const [, name = '', value] = /^--([a-z-]+)(?:=(.*))?$/s.exec(word) ?? []
    if (flags.has(name) && value === undefined) given.add(name)
    else if (name in valued) {
      values[name] = value ?? words[++at]
      if (values[name] === undefined) throw new AgentError('bad-argument', `${word} needs a value`)
    } else throw new AgentError('bad-argument', `${word} is no option: see --help`)
  }
  return { values, flags: given }
}

function claimFiles(claim: string | undefined, certificate: string | undefined, key: string | undefined) {
  if (certificate === undefined && key === undefined) return null
  if (certificate === undefined || key === undefined || claim !== undefined)
    throw new AgentError('bad-argument', '--claim-certificate and --claim-key belong together, in place of --claim')
  return { certificate, key }
}

function wordsOf(line = ''): string[] {
  return line.split(' ').filter((word) => word !== '')
}

function hubAddress(text: string | undefined): string {
  if (text === undefined) throw new AgentError('bad-argument', '--hub is missing: give the address of the hub')
  const url = URL.canParse(text) ? new URL(text) : null
  if (url === null || !['http:', 'https:'].includes(url.protocol)) {
    throw new AgentError('bad-argument', `--hub ${text} is no http or https address`)
  }
  if (url.protocol === 'http:' && url.hostname !== '127.0.0.1') {
    throw new AgentError('bad-argument', `--hub ${text}: without TLS (http) only 127.0.0.1 is accepted; use https`)
  }
  return `${url.origin}${url.pathname.replace(/\/+$/, '')}`
}

function oneOf<Word extends string>(option: string, text: string, words: readonly Word[]): Word {
  const word = words.find((candidate) => candidate === text)
  if (word === undefined) throw new AgentError('bad-argument', `${option} ${text} is none of ${words.join(', ')}`)
  return word
}

/** @returns milliseconds */
function minutes(option: string, text: string): number {
  const value = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN
  // The longest that a timer of Node's can wait is 35,791 minutes.
  if (!(value <= 35_000))
    throw new AgentError('bad-argument', `${option} ${text} is no number of minutes from 0 to 35000`)
  return value * 60_000
}

function shortText(option: string, text: string | undefined): string | null {
  if (text === undefined) return null
  if (text === '' || text.length > 200 || /\p{Cc}/u.test(text)) {
    throw new AgentError('bad-argument', `${option} must be a text of 1 to 200 printable characters`)
  }
  return text
}

function metered(text: 'yes' | 'no' | 'auto'): boolean | null {
  return text === 'auto' ? null : text === 'yes'
}

function timeZone(text: string | undefined): string | null {
  if (text === undefined) return null
  try {
    return new Intl.DateTimeFormat('en', { timeZone: text }).resolvedOptions().timeZone
  } catch (error) {
    throw new AgentError('bad-argument', `--time-zone ${text} is no IANA time zone`, error)
  }
}
