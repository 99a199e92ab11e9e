/** Reads channels and schedule from the first source that answers: the home's gateway, else the copy in this package. */
export async function loadGuide(settings) {
  const failures = []
  for (const source of settings.sources) {
    try {
      const [{ channels }, { programmes, days }] = await Promise.all([
        read(`${source}channels.json`, settings),
        read(`${source}schedule.json`, settings),
      ])
      return join(channels, programmes, days)
    } catch (error) {
      failures.push(`${source}: ${error.message}`)
    }
  }
  throw new Error(`No source has the guide. ${failures.join('; ')}`)
}

async function read(address, settings) {
  const answer = await fetch(address, { signal: AbortSignal.timeout(settings.sourceTimeoutMilliseconds) })
  if (!answer.ok) throw new Error(`${answer.status} for ${address}`)
  return answer.json()
}

/** Channels with their day: slots of { start, end, title, about, genre }, in minutes of the day. */
function join(channels, programmes, days) {
  const slots = new Map(days.map((day) => [day.channel, day.slots]))
  return channels.map((channel) => ({
    ...channel,
    slots: (slots.get(channel.id) ?? []).map(([start, index]) => {
      const { title, about, genre, minutes } = programmes[index]
      return { start, end: start + minutes, title, about, genre }
    }),
  }))
}

/** What a channel shows at a minute of the day. */
export function slotAt(channel, minute) {
  return channel.slots.find((slot) => slot.start <= minute && minute < slot.end) ?? channel.slots.at(-1)
}
