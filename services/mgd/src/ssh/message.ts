/** The lines of a configured message; its line ends may be written as `\n`, as a router takes them. */
export function lines(message: string): string[] {
  return message.replaceAll('\\n', '\n').split(/\r?\n/)
}
