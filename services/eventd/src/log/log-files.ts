import type { SyslogMessage } from '@hangar/protocol/hangar/eventd/v1/eventd_pb'
import type { FileConfiguration } from './configuration.ts'
import { LogFile, type LogFileLimits } from './log-file.ts'
import { logLine } from './log-line.ts'
import { selects } from './selector.ts'

/** The file that is always there. */
const always = 'messages'
/** What it takes while the configuration does not say. */
const everything: FileConfiguration = { name: always, rules: new Map([['any', 'any']]), matchStrings: [] }
/** The most that `archive size` gives a file: they are in memory. */
const largest: LogFileLimits = { lines: 10_000, bytes: 1024 * 1024 }

/** The log files of the device, in memory: those that the configuration names, and `messages`. */
export class LogFiles {
  readonly #files = new Map<string, LogFile>()
  readonly #now: () => number
  #configured: readonly FileConfiguration[] = [everything]

  constructor(now: () => number) {
    this.#now = now
    this.configure([])
  }

  /** A file that is no longer configured stays as it is, as on a disk, and grows no more. */
  configure(files: readonly FileConfiguration[]): void {
    this.#configured = files.some(({ name }) => name === always) ? files : [everything, ...files]
    for (const { name, size } of this.#configured) {
      const limits = { ...largest, bytes: Math.min(size ?? largest.bytes, largest.bytes) }
      const file = this.#files.get(name)
      if (file) file.limits = limits
      else this.#files.set(name, new LogFile(limits, this.#now()))
    }
  }

  /** Writes a message to every file that takes it. */
  write(message: SyslogMessage, hostname: string): void {
    const line = logLine(message, hostname)
    for (const configuration of this.#configured) {
      if (selects(configuration, message.facility, message.severity, line)) {
        this.#files.get(configuration.name)?.append(line, Number(message.timeMs))
      }
    }
  }

  get(name: string): LogFile | undefined {
    return this.#files.get(name)
  }

  /** Names and files in the order of a directory listing. */
  list(): [string, LogFile][] {
    return [...this.#files].sort(([a], [b]) => (a < b ? -1 : 1))
  }

  clear(name: string): boolean {
    this.#files.get(name)?.clear(this.#now())
    return this.#files.has(name)
  }
}
