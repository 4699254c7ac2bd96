import { lookup } from 'node:dns/promises'
import { readFile, rename, rm, writeFile } from 'node:fs/promises'
import {
  createLogger,
  type Endpoint,
  HangarError,
  type LogLevel,
  messageOf,
  systemClock,
  systemRandom,
  terminationSignal,
} from '@hangar/runtime'
import { defaultUser } from '../device/default-user.ts'
import { type Device, type DeviceOptions, startDevice } from '../device/device.ts'
import type { UpArguments } from './arguments.ts'

/** The control port of a device in one process, unless told otherwise. */
const CONTROL_PORT = 32766

/** `hangar up`: runs the device until a signal ends it. */
export async function up(options: UpArguments): Promise<void> {
  const stopSignal = terminationSignal(process)
  const configuration = await readConfiguration(options.configurationFile)
  const starting = start(options, {
    directory: options.directory,
    ...(configuration !== undefined && { configuration }),
    host: await addressOf(options.host),
    ...(options.grpcPort !== undefined && { grpcPort: options.grpcPort }),
    ...(options.mqttPort !== undefined && { mqttPort: options.mqttPort }),
    ...(options.sshPort !== undefined && { sshPort: options.sshPort }),
    ...(options.netconfPort !== undefined && { netconfPort: options.netconfPort }),
    controlPort: options.controlPort ?? CONTROL_PORT,
    clock: systemClock,
    random: systemRandom,
    log: createLogger({ name: 'hangar', level: (process.env.HANGAR_LOG ?? 'warn') as LogLevel }),
  })
  // Who is told to stop before it is ready stops at once: nothing is committed yet.
  const device = await Promise.race([starting, stopSignal.then(() => undefined)])
  if (!device) return
  if (options.readyFile) await writeReadyFile(options.readyFile, device)
  console.log(readyLine(device))
  await stopSignal
  await device.stop()
  if (options.readyFile) await rm(options.readyFile, { force: true })
}

/** One address for all listeners, whatever a name stands for. */
async function addressOf(host: string): Promise<string> {
  try {
    return (await lookup(host)).address
  } catch (error) {
    throw new HangarError('HGR_USAGE', `--host ${host}: ${messageOf(error)}`, { cause: error })
  }
}

/** What is wrong in the file that the configuration came from is said with its name. */
async function start({ configurationFile }: UpArguments, options: DeviceOptions): Promise<Device> {
  try {
    return await startDevice(options)
  } catch (error) {
    if (configurationFile === undefined || !(error instanceof HangarError) || error.code !== 'HGR_CONFIG_INVALID')
      throw error
    throw new HangarError(error.code, `--config ${configurationFile}: ${error.message}`, { cause: error })
  }
}

async function readConfiguration(file: string | undefined): Promise<string | undefined> {
  if (file === undefined) return undefined
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    throw new HangarError('HGR_CONFIG_INVALID', `--config ${file}: ${messageOf(error)}`, { cause: error })
  }
}

/** JSON, whole from the moment that the file is there. */
async function writeReadyFile(file: string, device: Device): Promise<void> {
  const endpoints = Object.fromEntries(Object.entries(device.endpoints).map(([name, one]) => [name, address(one)]))
  try {
    await writeFile(`${file}.new`, `${JSON.stringify({ ...endpoints, pid: process.pid })}\n`)
    await rename(`${file}.new`, file)
  } catch (error) {
    throw new HangarError('HGR_DIRECTORY', `--ready-file ${file}: ${messageOf(error)}`, { cause: error })
  }
}

function readyLine({ endpoints }: Device): string {
  const { grpc, mqtt, ssh, netconf, control } = endpoints
  const parts = [
    grpc && `gRPC ${address(grpc)}`,
    mqtt && `MQTT ${address(mqtt)}`,
    ssh && `CLI ssh -p ${ssh.port} ${defaultUser.name}@${ssh.host} (password ${defaultUser.password})`,
    netconf && `NETCONF ${address(netconf)}`,
    control && `control http://${address(control)}`,
  ]
  return `hangar is ready: ${parts.filter(Boolean).join(', ')}`
}

function address({ host, port }: Endpoint): string {
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`
}
