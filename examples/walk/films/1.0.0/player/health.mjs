// Run by the agent after activation: a film that cannot be named cannot be chosen.
import { readFileSync } from 'node:fs'

const films = JSON.parse(readFileSync('catalogue.json', 'utf8'))
for (const { id, title } of films)
  if (!title) {
    console.error(`film ${id} has no title`)
    process.exit(1)
  }
console.log(`${films.length} films`)
