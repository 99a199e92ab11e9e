import type { Command } from 'commander'

/** `language-server`: for editors, not for people. */
export function addLanguageServer(command: Command): void {
  command
    .command('language-server')
    .description('serve an editor by the Language Server Protocol on standard input and output (docs/guide/editors.md)')
    .option('--stdio', 'what editors add; there is no other way')
    .action(async () => {
      // Only this command needs it, and it takes its time to load.
      const { serve } = await import('@sutler/language-server')
      await serve(process.stdin, process.stdout)
    })
}
