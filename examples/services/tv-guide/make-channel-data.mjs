// Writes the gateway's channel data of both versions: node make-channel-data.mjs
// The channels and programmes are invented; the same run always writes the same bytes.
import { writeFileSync } from 'node:fs'

const genres = ['general', 'news', 'sport', 'film', 'children', 'music', 'knowledge']

/** Country → seven channel names, one per genre, in the country's own script. */
const names = {
  gb: ['Albion One', 'Albion News', 'Touchline', 'Picture House', 'Treehouse', 'Backbeat', 'Field Notes'],
  ie: ['Teilifís Uisce', 'Nuacht Beo', 'Pairc', 'Silver Screen', 'Cúpla', 'Trad', 'Eolas'],
  us: ['Harbor', 'Capitol 24', 'Fourth Quarter', 'Matinee', 'Sandbox', 'Delta Blues', 'Frontier'],
  ca: ['Érable', 'Boréal Infos', 'Patinoire', 'Ciné Nord', 'Petite Ourse', 'Veillée', 'Toundra'],
  de: ['Erstes Fenster', 'Nachrichten 24', 'Sportplatz', 'Lichtspiel', 'Kinderkiste', 'Klangraum', 'Weltblick'],
  at: ['Alpenblick', 'Heute Aktuell', 'Pistenzauber', 'Filmcasino', 'Murmel', 'Walzer', 'Universumszeit'],
  ch: ['Seeblick', 'Tagesrundschau', 'Schwingen', 'Kinohalle', 'Chliine Bär', 'Alphorn', 'Horizont'],
  fr: ['Première Lumière', 'Info Continue', 'Mi-temps', 'Grand Écran', 'Ribambelle', 'Guinguette', 'Savoirs'],
  es: ['Plaza Mayor', 'Al Día', 'Contragolpe', 'Butaca', 'Piruleta', 'Compás', 'Brújula'],
  it: ['Piazza', 'Ultim’ora', 'Fuorigioco', 'Sala Uno', 'Girotondo', 'Bel Canto', 'Orizzonti'],
  pt: ['Maré', 'Última Hora', 'Golo', 'Sessão da Noite', 'Pião', 'Saudade', 'Descobertas'],
  nl: ['Polder', 'Journaal Nu', 'Doelpunt', 'Filmzaal', 'Kwetter', 'Draaiorgel', 'Wijsneus'],
  se: ['Skärgård', 'Nyheter Direkt', 'Målvakt', 'Biograf', 'Lilla Björn', 'Visor', 'Naturens Rum'],
  no: ['Fjord', 'Dagsnytt', 'Løypa', 'Kinosalen', 'Trollungen', 'Spelemann', 'Vidde'],
  dk: ['Øresund', 'Nyt Nu', 'Straffespark', 'Biffen', 'Ællingen', 'Jazzhus', 'Vidensbro'],
  fi: ['Saimaa', 'Uutisvirta', 'Jäähalli', 'Elokuvateatteri', 'Pikku Karhu', 'Kantele', 'Tuntuma'],
  pl: ['Wisła', 'Wiadomości Teraz', 'Boisko', 'Seans', 'Kręciołek', 'Mazurek', 'Odkrywca'],
  cz: ['Vltava', 'Zprávy Živě', 'Branka', 'Biograf Jas', 'Krteček a spol.', 'Polka', 'Objevy'],
  gr: ['Αιγαίο', 'Ειδήσεις Τώρα', 'Γήπεδο', 'Μεγάλη Οθόνη', 'Χαρταετός', 'Μελωδία', 'Ορίζοντες'],
  bg: ['Тракия', 'Новини Днес', 'Стадион', 'Кинозала', 'Люлка', 'Хоро', 'Откриватели'],
  ua: ['Дніпро', 'Новини Наживо', 'Арена', 'Кінозал', 'Котигорошко', 'Бандура', 'Обрій'],
  rs: ['Дунав', 'Вести Уживо', 'Терен', 'Биоскоп', 'Чигра', 'Коло', 'Видик'],
  in: ['गंगा', 'समाचार अभी', 'मैदान', 'परदा', 'गुल्लक', 'सरगम', 'खोज'],
  vn: ['Sông Hồng', 'Tin Nóng', 'Sân Cỏ', 'Rạp Phim', 'Chong Chóng', 'Đàn Bầu', 'Khám Phá'],
}

/** Genre → [title, what it is about, minutes]. */
const programmes = {
  general: [
    ['Breakfast by the Window', 'Two hosts, one kitchen table and the day ahead.', 90],
    ['Second Thoughts', 'Neighbours swap houses, jobs and opinions for a week.', 45],
    ['The Corner Shop', 'A family keeps its shop, its secrets and its sense of humour.', 30],
    ['Bid or Bluff', 'Four contestants, one attic, and nobody knows what is worth anything.', 60],
    ['Kitchen at Nine', 'Dinner for six from whatever the market had left.', 45],
    ['Lighthouse', 'Drama. A storm brings an old friend back to the island.', 60],
    ['Night Ferry', 'Strangers talk on a crossing that is never quite long enough.', 50],
    ['The Repair Café', 'Broken things, patient hands.', 40],
  ],
  news: [
    ['Headlines', 'What happened, in fifteen minutes.', 15],
    ['World in Brief', 'Correspondents from five continents.', 30],
    ['Markets Open', 'Shares, currencies, harvests and freight.', 30],
    ['The Interview', 'One guest, one hour, no notes.', 60],
    ['Weather and Tides', 'From tonight’s frost to the weekend’s swell.', 15],
    ['Behind the Story', 'How this week’s report was made.', 45],
  ],
  sport: [
    ['Kick-off', 'League football, live from the first whistle.', 120],
    ['Extra Time', 'Goals, saves and arguments from the weekend.', 45],
    ['The Peloton', 'Cycling: a mountain stage from start to summit.', 150],
    ['Ringside', 'Boxing and wrestling, with those who were there.', 60],
    ['Cold Water', 'Swimmers, rowers and other early risers.', 30],
    ['Archive: The Final', 'A match everyone remembers differently.', 90],
  ],
  film: [
    ['The Last Projectionist', 'A cinema’s final night does not go as planned.', 110],
    ['Paper Moon Rising', 'A forger falls for the inspector who is after her.', 125],
    ['Seven Stops to Home', 'A tram driver, a lost child and one long evening.', 95],
    ['Salt', 'Western on a dry lake. Nobody is who the map says.', 130],
    ['Short Cuts', 'Films under twenty minutes, chosen by those who made them.', 40],
    ['Coming Soon', 'What the cinemas show next month.', 20],
  ],
  children: [
    ['Pip and the Postbox', 'Pip writes to the moon, and the moon writes back.', 15],
    ['Count with Crows', 'Seven crows, and one keeps leaving.', 15],
    ['Workshop for Small Hands', 'Today: a boat that floats.', 30],
    ['The Moss People', 'Below the roots, there is trouble with the rain.', 25],
    ['Why Though?', 'Children ask, an expert tries.', 20],
    ['Goodnight, Harbour', 'The boats go to sleep one by one.', 10],
  ],
  music: [
    ['Morning Scales', 'Quiet pieces for a loud world.', 60],
    ['Live at the Mill', 'A concert in one take.', 75],
    ['Lost B-Sides', 'The other side of the record.', 45],
    ['Conduct Yourself', 'Amateurs, one orchestra, three rehearsals.', 50],
    ['The Request Hour', 'You write, we play.', 60],
  ],
  knowledge: [
    ['Small Wonders', 'Insects filmed at their own size.', 50],
    ['Bridges', 'Why this one stands, and that one did not.', 45],
    ['Deep Time', 'Four billion years in six walks.', 55],
    ['The Night Sky', 'What to see this week, with or without a telescope.', 30],
    ['Atlas of Bread', 'Flour, water, and how far people go for them.', 40],
    ['Inventors’ Corner', 'Patents that nearly worked.', 35],
  ],
}

/** Version 1.1.0 brings these. */
const added = [
  { country: 'tr', name: 'Boğaziçi', genre: 'general' },
  { country: 'jp', name: 'Sakura World', genre: 'knowledge' },
]

function channelsOf(extra) {
  const countries = Object.keys(names)
  // 24 countries and 7 genres have no common divisor: walking both in step meets every pair once and mixes the list.
  const all = Array.from({ length: countries.length * genres.length }, (_, at) => {
    const country = countries[at % countries.length]
    const genre = at % genres.length
    return { country, name: names[country][genre], genre: genres[genre] }
  })
  return [...all, ...extra].map((channel, at) => ({
    number: at + 1,
    id: `${channel.country}-${channel.genre}`,
    name: channel.name,
    country: channel.country,
    genre: channel.genre,
    hd: at % 5 !== 3,
  }))
}

/** Small, seeded, good enough to shuffle a day (mulberry32). */
function random(seed) {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

const catalogue = genres.flatMap((genre) =>
  programmes[genre].map(([title, about, minutes]) => ({ title, genre, about, minutes })),
)

/** A day of one channel: [start in minutes after midnight, index in the catalogue], …; never the same twice in a row. */
function dayOf(channel) {
  const next = random(channel.number * 7919)
  const own = catalogue.map((_, at) => at).filter((at) => catalogue[at].genre === channel.genre)
  const slots = []
  let last = -1
  for (let minute = 0; minute < 1440;) {
    let pick = own[Math.floor(next() * own.length)]
    if (pick === last) pick = own[(own.indexOf(pick) + 1) % own.length]
    slots.push([minute, pick])
    last = pick
    minute += catalogue[pick].minutes
  }
  return slots
}

const lines = (items) => `[\n${items.map((item) => `    ${JSON.stringify(item)}`).join(',\n')}\n  ]`

for (const [version, extra] of [
  ['1.0.0', []],
  ['1.1.0', added],
]) {
  const channels = channelsOf(extra)
  const days = channels.map((channel) => ({ channel: channel.id, slots: dayOf(channel) }))
  const folder = new URL(`${version}/gateway/`, import.meta.url)
  writeFileSync(new URL('channels.json', folder), `{\n  "channels": ${lines(channels)}\n}\n`)
  writeFileSync(
    new URL('schedule.json', folder),
    `{\n  "programmes": ${lines(catalogue)},\n  "days": ${lines(days)}\n}\n`,
  )
}
