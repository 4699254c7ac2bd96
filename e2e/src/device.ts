/** `host:port` of each way in, as a client on this machine reaches it now. */
export interface Endpoints {
  grpc: string
  mqtt: string
  ssh: string
  netconf: string
  control: string
}

/** How `hangar cli` is run for a device: a command line, which also takes `-c`. */
export type CommandLine = readonly [command: string, ...args: string[]]

/** A running device, whichever way it runs. */
export interface TestDevice {
  readonly way: 'process' | 'compose'
  readonly endpoints: Endpoints
  readonly cli: CommandLine
  /** The process that all of it runs in, where there is one. */
  readonly pid?: number
  /** Restarts it on the same directory or volume. Resolves when it is ready; endpoints may move. */
  restart(): Promise<void>
  stop(): Promise<void>
}

/** Who logs in, as the README says. */
export const user = { name: 'jet', password: 'jet123' } as const

export function split(endpoint: string): { host: string; port: number } {
  const colon = endpoint.lastIndexOf(':')
  return { host: endpoint.slice(0, colon), port: Number(endpoint.slice(colon + 1)) }
}

/** Gives the running device of a suite to a case. */
export type DeviceOf<Device extends TestDevice = TestDevice> = () => Device
