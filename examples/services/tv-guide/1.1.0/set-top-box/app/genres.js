/** The colour keys of the remote control choose what the guide shows. */
const genreOfKey = { r: 'news', g: 'sport', y: 'children', b: null }

/** The genre a key chooses: null = all, undefined = no such key. */
export function genreFor(key) {
  return genreOfKey[key.toLowerCase()]
}

/** The channels of a genre, or all of them. */
export function channelsOf(channels, genre) {
  return genre === null ? channels : channels.filter((channel) => channel.genre === genre)
}
