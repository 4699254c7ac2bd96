/** What `set cli` changes, for one session. */
export interface CliSettings {
  completeOnSpace: boolean
  /** Rows of a screen, 0: no paging. Undefined: what the terminal says. */
  screenLength: number | undefined
  /** Columns, 0: no limit. Undefined: what the terminal says. */
  screenWidth: number | undefined
  /** Minutes without a key until the session ends; 0: never. */
  idleTimeout: number
  /** The time is shown before each command's output. */
  timestamp: boolean
}

export function defaultSettings(idleTimeout: number): CliSettings {
  return { completeOnSpace: true, screenLength: undefined, screenWidth: undefined, idleTimeout, timestamp: false }
}
