import { open } from 'node:fs/promises'
import { answer } from '@sutler/client'
import type { Command } from 'commander'
import { CommandError } from '../command-error.ts'
import { openSession } from '../session.ts'
import { readAuthority } from '../saved-login.ts'
import { readRoot, signIntermediate } from '../sign-intermediate.ts'
import { newPasswordOf, passwordFile, passwordOf } from './password.ts'

/** `authority`: the certificate authority of the installation. */
export function addAuthority(program: Command): void {
  const authority = program.command('authority').description('the certificate authority of the installation')
  authority
    .command('show')
    .description('its fingerprint, which devices and tools recognise the hub by, and where the root’s key is')
    .option('--json', 'print JSON')
    .action(async (options: { json?: boolean }) => {
      const { api, terminal } = await openSession(options.json === true)
      const found = answer(await api.GET('/api/v1/authority'))
      const { fingerprint, rootKey, issuer, issuerExpiresAt } = found
      terminal.result(found, () =>
        [
          `fingerprint  ${fingerprint}`,
          `root’s key   ${rootKey}`,
          `issuing      ${issuer}, until ${issuerExpiresAt}`,
        ].join('\n'),
      )
    })
  authority
    .command('replace-intermediate')
    .description('have a new authority sign from now on: the root’s key, kept offline, certifies it here')
    .requiredOption('--root-key <file>', 'what export-root has written')
    .addOption(passwordFile())
    .option('--json', 'print JSON')
    .action(async (options: { rootKey: string; passwordFile?: string; json?: boolean }) => {
      const { api, terminal } = await openSession(options.json === true)
      const text = await readAuthority(options.rootKey)
      const root = readRoot(text, await passwordOf(options.passwordFile, options.rootKey))
      const { id, name, csr } = answer(await api.POST('/api/v1/authority/intermediates'))
      const certificate = signIntermediate(root, name, csr, Date.now())
      await api.PUT('/api/v1/authority/intermediates/{id}', { params: { path: { id } }, body: { certificate } })
      terminal.result({ issuer: name }, () => `${name} signs from now on. Certificates so far are good until they end.`)
    })
  authority
    .command('export-root')
    .description('take the root’s key offline: write it to a file, encrypted; the hub deletes it')
    .requiredOption('--out <file>', 'file that is made, readable by you only')
    .addOption(passwordFile())
    .option('--json', 'print JSON')
    .action(async (options: { out: string; passwordFile?: string; json?: boolean }) => {
      const { api, terminal } = await openSession(options.json === true)
      const passphrase = await newPasswordOf(options.passwordFile, options.out)
      // Made before the key leaves the hub: it comes only once.
      const file = await open(options.out, 'wx', 0o600).catch((error: unknown) => {
        throw new CommandError(
          'file-unwritable',
          `${options.out} cannot be made`,
          'Name a file that does not exist.',
          error,
        )
      })
      try {
        const { certificate, key } = answer(await api.POST('/api/v1/authority/root/export', { body: { passphrase } }))
        await file.writeFile(certificate + key)
        await file.sync()
      } finally {
        await file.close()
      }
      terminal.result(
        { file: options.out },
        () => `The root’s key is in ${options.out} and nowhere else. Keep it offline.`,
      )
    })
}
