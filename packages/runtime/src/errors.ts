/**
 * Every error that an operator may meet outside the JET contract, the CLI and NETCONF, with what to do. Codes never change their
 * meaning. docs/errors.md is made from this table.
 */
export const errorCodes = {
  HGR_USAGE: 'The command line of hangar was wrong. Run `hangar --help`.',
  HGR_PORT_IN_USE: 'Another program listens on the port. Stop it, or give another port (0: any free one).',
  HGR_CONFIG_INVALID:
    'The configuration does not load or does not check out. The message names the line or the statement.',
  HGR_DIRECTORY: 'The device directory cannot be read or written. Check its owner, its mode and the free space.',
  HGR_DIRECTORY_IN_USE: 'Another device runs on this directory. Stop it, or give another directory.',
  HGR_NO_DEVICE: 'No running device was found in the directory. Start one with `hangar up`.',
  HGR_BUS_UNREACHABLE: 'The NATS server does not answer. Check its address and that it runs.',
} as const

export type ErrorCode = keyof typeof errorCodes

/** An error with a stable code: something that the operator can mend. Whatever else is thrown is a defect of Hangar. */
export class HangarError extends Error {
  readonly code: ErrorCode
  /** What the hangar command, and a daemon on its own, end with. */
  readonly exitCode = 2
  constructor(code: ErrorCode, message: string, options?: { cause?: unknown }) {
    super(message, options)
    this.name = 'HangarError'
    this.code = code
  }
}

/** The text of anything that was thrown. */
export function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown)
}
