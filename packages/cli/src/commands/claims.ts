import { answer } from '@sutler/client'
import type { Command } from 'commander'
import { makeClaimFiles } from '../claim-files.ts'
import { openSession } from '../session.ts'
import { limitOf } from './lists.ts'

interface ClaimOptions {
  readonly household?: string
  readonly order?: string
  readonly uses: number
  readonly serialPrefix?: string
  readonly approval: string
  readonly expires: number
  readonly json?: boolean
}

interface SecretOptions extends ClaimOptions {
  readonly serial?: string
  readonly device?: string
}

interface BatchOptions extends ClaimOptions {
  readonly out: string
}

/** `claim create|batch`. */
export function addClaims(program: Command): void {
  const claim = program.command('claim').description('claims: what a device enrols with')
  shared(claim.command('create').description('make a claim; it is shown this once'), 1, 3600)
    .option('--serial <text>', 'only the device with this serial number')
    .option('--device <id>', 'gives this device of the household its identity back')
    .action(async (options: SecretOptions) => {
      const { api, terminal } = await openSession(options.json === true)
      const { serial = null, device = null } = options
      const made = answer(await api.POST('/api/v1/claims', { body: { ...bodyOf(options), serial, device } }))
      terminal.result(made, () => made.claim)
      terminal.remark(`Good for ${made.uses} device(s) until ${made.expiresAt}.`)
    })
  shared(
    claim.command('batch').description('make a claim certificate for a factory: its key is made here'),
    1000,
    2_592_000,
  )
    .requiredOption('--out <directory>', 'where claim.pem and claim.key are made')
    .action(async (options: BatchOptions) => {
      const { api, terminal } = await openSession(options.json === true)
      const files = await makeClaimFiles(options.out)
      try {
        const made = answer(await api.POST('/api/v1/claims', { body: { ...bodyOf(options), csr: files.csr } }))
        await files.write(`${made.certificate ?? ''}${made.authority ?? ''}`)
        const { certificate, key } = files
        terminal.result({ ...made, files: { certificate, key } }, () => `${certificate}\n${key}`)
        terminal.remark(`Good for ${made.uses} device(s) until ${made.expiresAt}: --claim-certificate and --claim-key.`)
      } finally {
        await files.close()
      }
    })
}

function shared(command: Command, uses: number, seconds: number): Command {
  return command
    .option('--household <id>', 'whose devices they will be')
    .option('--order <id>', 'the claim ends with this order; its household is the order’s')
    .option('--uses <n>', 'how many devices may enrol with it', limitOf, uses)
    .option('--serial-prefix <text>', 'only devices whose serial number begins so')
    .option(
      '--approval <who>',
      'none, person, or a CEL expression over serial and class; else a person decides',
      'none',
    )
    .option('--expires <seconds>', 'how long it is good for', limitOf, seconds)
    .option('--json', 'print JSON')
}

function bodyOf({ household, order, uses, serialPrefix, approval, expires }: ClaimOptions) {
  return {
    household: household ?? null,
    order: order ?? null,
    uses,
    serialPrefix: serialPrefix ?? null,
    approval,
    expiresInSeconds: expires,
  }
}
