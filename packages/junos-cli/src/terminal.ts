import type { Cancel } from '@hangar/runtime'

/** Where a session's bytes come from and go to: an SSH channel, this terminal, a test. */
export interface Terminal {
  /** There is a person, or something that plays one: prompts, echo, line editing, paging. Else lines in, output out. */
  readonly isTty: boolean
  /** Read one piece at a time and only when there is room, so that a long paste waits at the sender. The end is a hang-up. */
  readonly input: AsyncIterable<Uint8Array>
  /** Text as it is to be sent: lines end in "\r\n" where isTty, else in "\n". Resolves when more may be written. */
  write(text: string): Promise<void> | void
  size(): TerminalSize
  /** Calls back at each change of the size. */
  onResize(callback: () => void): Cancel
}

/** In characters. 0: unknown, or without limit. */
export interface TerminalSize {
  readonly columns: number
  readonly rows: number
}
