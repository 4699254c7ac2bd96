import { parseArgs } from 'node:util'
import { HangarError, messageOf } from '@hangar/runtime'

/** What `hangar up` was told. A port of 0 is any free one; without a port the configuration says. */
export interface UpArguments {
  command: 'up'
  directory: string
  configurationFile?: string
  host: string
  grpcPort?: number
  mqttPort?: number
  sshPort?: number
  netconfPort?: number
  controlPort?: number
  readyFile?: string
}

export interface CliArguments {
  command: 'cli'
  directory: string
  user?: string
  /** Run one after the other in one session; none: an interactive session. */
  commands: string[]
}

export type Arguments =
  | UpArguments
  | CliArguments
  | { command: 'health'; url: string }
  | { command: 'help' | 'version' }

export const usage = `Usage: hangar up [options]     start the device in this process
       hangar cli [options]    open the CLI of a running device

hangar up
  --dir DIR             device directory, kept between runs (default: $HANGAR_DIR, else .hangar)
  --config FILE         start from this configuration, in text or set format
  --host ADDR           address to listen on (default: 127.0.0.1)
  --grpc-port PORT      instead of the port that the configuration says (0: any free one)
  --mqtt-port PORT
  --ssh-port PORT       without it: 2222 for 22, which is root's
  --netconf-port PORT   without it: 8300 for 830
  --control-port PORT   default: 32766
  --ready-file FILE     written when the device is ready: its endpoints and pid as JSON

hangar cli
  --dir DIR             device directory of the running device
  --user NAME           act as this user of the device (default: root)
  -c COMMAND            run a command and exit; may be given several times

hangar --help, hangar --version`

/** Reads the command line. What it does not know is HGR_USAGE, in one line. */
export function readArguments(words: readonly string[], env: NodeJS.ProcessEnv): Arguments {
  const [command, ...rest] = words
  const directory = env.HANGAR_DIR ?? '.hangar'
  switch (command) {
    case 'up':
      return readUp(rest, directory)
    case 'cli': {
      const {
        dir,
        user,
        command: commands,
      } = parse(rest, {
        dir: { type: 'string' },
        user: { type: 'string' },
        command: { type: 'string', short: 'c', multiple: true },
      })
      return { command: 'cli', directory: dir ?? directory, ...(user && { user }), commands: commands ?? [] }
    }
    case 'health':
      return { command: 'health', url: env.HANGAR_HEALTH_URL ?? 'http://127.0.0.1:9100/health' }
    case '--version':
    case 'version':
      return { command: 'version' }
    case undefined:
    case '--help':
    case '-h':
    case 'help':
      return { command: 'help' }
    default:
      throw new HangarError('HGR_USAGE', `unknown command '${command}'; see hangar --help`)
  }
}

function readUp(words: readonly string[], directory: string): UpArguments {
  const given = parse(words, {
    dir: { type: 'string' },
    config: { type: 'string' },
    host: { type: 'string' },
    'grpc-port': { type: 'string' },
    'mqtt-port': { type: 'string' },
    'ssh-port': { type: 'string' },
    'netconf-port': { type: 'string' },
    'control-port': { type: 'string' },
    'ready-file': { type: 'string' },
  })
  const ports = {
    grpcPort: port('--grpc-port', given['grpc-port']),
    mqttPort: port('--mqtt-port', given['mqtt-port']),
    sshPort: port('--ssh-port', given['ssh-port']),
    netconfPort: port('--netconf-port', given['netconf-port']),
    controlPort: port('--control-port', given['control-port']),
  }
  return {
    command: 'up',
    directory: given.dir ?? directory,
    host: given.host ?? '127.0.0.1',
    ...(given.config !== undefined && { configurationFile: given.config }),
    ...(given['ready-file'] !== undefined && { readyFile: given['ready-file'] }),
    ...Object.fromEntries(Object.entries(ports).filter(([, value]) => value !== undefined)),
  }
}

function parse<T extends NonNullable<Parameters<typeof parseArgs>[0]>['options'] & {}>(
  words: readonly string[],
  options: T,
) {
  try {
    return parseArgs({ args: [...words], options, strict: true, allowPositionals: false }).values
  } catch (error) {
    throw new HangarError('HGR_USAGE', `${messageOf(error).split('\n')[0]}; see hangar --help`, { cause: error })
  }
}

function port(flag: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  if (!/^\d{1,5}$/.test(text) || Number(text) > 65535)
    throw new HangarError('HGR_USAGE', `${flag}: '${text}' is not a port (0 to 65535)`)
  return Number(text)
}
