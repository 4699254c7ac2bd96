/** Whether the text is a topic filter: wildcards stand for whole levels, `#` only at the end [MQTT-4.7.1-2, 4.7.1-3, 4.7.3-1, 4.7.3-2]. */
export function isTopicFilter(text: string): boolean {
  if (text === '' || text.includes('\0')) return false
  const levels = text.split('/')
  return levels.every((level, index) => {
    if (level === '#') return index === levels.length - 1
    return level === '+' || !/[+#]/.test(level)
  })
}
