// Run by the agent after activation: does every entry of the index have somewhere to be found?
import { readFileSync } from 'node:fs'

const { shelves } = JSON.parse(readFileSync('index.json', 'utf8'))
const lost = shelves.filter(({ films }) => films.length === 0)
if (lost.length > 0) {
  console.error(`nothing on ${lost.map(({ name }) => name).join(', ')}`)
  process.exit(1)
}
console.log(`${shelves.length} shelves`)
