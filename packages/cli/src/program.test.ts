import { expect, it } from 'vitest'
import { beginnings, program } from './program.ts'

it('loads a command by its first word alone, and nothing else', async () => {
  for (const words of beginnings) {
    const names = words.split(' ')
    for (const name of names) {
      const { commands } = await program([name, '--help'])
      expect(commands.map((command) => command.name())).toEqual(names)
    }
  }
})

it('loads everything for its help, and for a word that begins no command', async () => {
  const all = beginnings.flatMap((words) => words.split(' '))
  for (const words of [[], ['--help'], ['ordr', 'list']])
    expect((await program(words)).commands.map((command) => command.name())).toEqual(all)
})
