import { type Logger as PinoLogger, pino } from 'pino'

/** A structured logger (pino's interface): `log.info({ session }, 'session opened')`. */
export type Logger = PinoLogger

export type LogLevel = 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal' | 'silent'

/** JSON lines on standard error. Standard output belongs to the command that a person typed. */
export function createLogger(options: { name: string; level?: LogLevel }): Logger {
  return pino({ name: options.name, level: options.level ?? 'info' }, pino.destination({ dest: 2, sync: true }))
}

/** For tests, and wherever nobody reads. */
export const silentLogger: Logger = pino({ level: 'silent' })
