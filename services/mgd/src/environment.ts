import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { MgdOptions } from './options.ts'

/** What a device without a configuration of its own has: nobody but the console gets in. */
const bareConfiguration = 'system {\n    host-name hangar;\n}\n'

/**
 * What a container sets: HANGAR_DIR (.hangar), HANGAR_CONFIGURATION and HANGAR_DEFAULT_CONFIGURATION (paths of files), HANGAR_SSH_PORT,
 * HANGAR_NETCONF_PORT (those of the configuration).
 */
export async function optionsFromEnvironment(env: NodeJS.ProcessEnv): Promise<MgdOptions> {
  const directory = env.HANGAR_DIR ?? '.hangar'
  const initial = env.HANGAR_CONFIGURATION
  const fallback = env.HANGAR_DEFAULT_CONFIGURATION
  return {
    directory,
    defaultConfiguration: fallback ? await readFile(fallback, 'utf8') : bareConfiguration,
    cliSocket: join(directory, 'console.sock'),
    ...(initial && { initialConfiguration: await readFile(initial, 'utf8') }),
    ...(env.HANGAR_SSH_PORT && { sshPort: Number(env.HANGAR_SSH_PORT) }),
    ...(env.HANGAR_NETCONF_PORT && { netconfPort: Number(env.HANGAR_NETCONF_PORT) }),
  }
}
