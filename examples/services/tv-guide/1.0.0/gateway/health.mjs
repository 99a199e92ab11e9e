// Run by the agent after activation: is the channel data whole, and does every channel have a full day?
import { readFileSync } from 'node:fs'

const { channels } = JSON.parse(readFileSync('channels.json', 'utf8'))
const { programmes, days } = JSON.parse(readFileSync('schedule.json', 'utf8'))
const problems = []
if (channels.length < 150) problems.push(`only ${channels.length} channels`)

const dayOf = new Map(days.map((day) => [day.channel, day.slots]))
for (const channel of channels) {
  const slots = dayOf.get(channel.id)
  if (!slots) {
    problems.push(`${channel.id} has no schedule`)
    continue
  }
  let minute = 0
  for (const [start, programme] of slots) {
    if (start !== minute || !programmes[programme]) problems.push(`${channel.id} has a gap at minute ${minute}`)
    minute = start + (programmes[programme]?.minutes ?? 0)
  }
  if (minute < 1440) problems.push(`${channel.id} ends at minute ${minute}`)
}

if (problems.length > 0) {
  console.error(problems.slice(0, 10).join('\n'))
  process.exit(1)
}
console.log(`${channels.length} channels, ${programmes.length} programmes`)
