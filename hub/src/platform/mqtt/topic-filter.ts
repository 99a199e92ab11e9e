/** Whether a topic filter covers a topic (MQTT 3.1.1, 4.7). The filter is well-formed; topics that begin with `$` are not asked about. */
export function filterCovers(filter: string, topic: string): boolean {
  const [wanted, levels] = [filter.split('/'), topic.split('/')]
  for (const [i, part] of wanted.entries()) {
    if (part === '#') return true
    if (i >= levels.length || (part !== '+' && part !== levels[i])) return false
  }
  return wanted.length === levels.length
}

/** Whether wildcards stand where they may: `+` alone in a level, `#` alone in the last one (4.7.1). */
export function isFilter(text: string): boolean {
  const levels = text.split('/')
  return levels.every((level, i) => !/[+#]/.test(level) || level === '+' || (level === '#' && i === levels.length - 1))
}
