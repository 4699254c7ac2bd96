/** Whether a topic filter matches a topic name [MQTT 3.1.1, 4.7]. */
export function matches(filter: string, topic: string): boolean {
  // [MQTT-4.7.2-1]: wildcards do not reach topics that begin with $.
  if (topic.startsWith('$') && !filter.startsWith('$')) return false
  const wanted = filter.split('/')
  const levels = topic.split('/')
  for (let i = 0; i < wanted.length; i++) {
    // `a/#` matches `a` too: a number of levels that may be none.
    if (wanted[i] === '#') return true
    if (i >= levels.length || (wanted[i] !== '+' && wanted[i] !== levels[i])) return false
  }
  return wanted.length === levels.length
}
