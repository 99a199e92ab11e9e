// Run by the agent after the restart: is every file there that the page asks for?
import { existsSync, readFileSync, readdirSync } from 'node:fs'

const missing = []
function need(path, from) {
  if (!existsSync(path)) missing.push(`${path} (needed by ${from})`)
}

const page = readFileSync('index.html', 'utf8')
for (const [, path] of page.matchAll(/(?:href|src)="([^"#:]+)"/g)) need(path, 'index.html')
for (const file of readdirSync('app').filter((name) => name.endsWith('.js'))) {
  const source = readFileSync(`app/${file}`, 'utf8')
  for (const [, path] of source.matchAll(/from '\.\/([^']+)'/g)) need(`app/${path}`, file)
}
for (const channel of JSON.parse(readFileSync('data/channels.json', 'utf8')).channels) {
  for (const shape of ['1x1', '4x3']) need(`vendor/flags/${shape}/${channel.country}.svg`, channel.id)
}
JSON.parse(readFileSync('data/schedule.json', 'utf8'))
JSON.parse(readFileSync('settings.json', 'utf8'))

if (missing.length > 0) {
  console.error(missing.slice(0, 10).join('\n'))
  process.exit(1)
}
console.log('the guide is complete')
