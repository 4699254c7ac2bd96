/** Every error that an operator may meet outside the JET contract, the CLI and NETCONF. Codes never change their meaning. */
export const errorCodes = {
  HGR_USAGE: 'The command line of hangar was wrong. Run `hangar --help`.',
  HGR_PORT_IN_USE: 'Another program listens on the port. Stop it, or give another port (0: any free one).',
  HGR_CONFIG_INVALID:
    'The configuration does not load or does not check out. The message names the line or the statement.',
  HGR_DIRECTORY: 'The device directory cannot be read or written. Check its owner, its mode and the free space.',
  HGR_DIRECTORY_IN_USE: 'Another device runs on this directory. Stop it, or give another directory.',
  HGR_NO_DEVICE: 'No running device was found in the directory. Start one with `hangar up`.',
  HGR_BUS_UNREACHABLE: 'The NATS server does not answer. Check its address and that it runs.',
  HGR_INTERNAL: 'A defect of Hangar. Please report it with the message.',
} as const

export type ErrorCode = keyof typeof errorCodes

/** An error with a stable code. `exitCode` is what the hangar command ends with. */
export class HangarError extends Error {
  readonly code: ErrorCode
  constructor(code: ErrorCode, message: string, options?: { cause?: unknown }) {
    super(message, options)
    this.name = 'HangarError'
    this.code = code
  }

  get exitCode(): number {
    return this.code === 'HGR_INTERNAL' ? 1 : 2
  }
}

/** The text of anything that was thrown. */
export function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown)
}
