// `npm start`: prepares what a fresh clone lacks, builds what has changed, and runs the hangar command.
import { spawn, spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { environment, prepare, root } from './prepare.mjs'

prepare()
const env = environment()
const build = spawnSync('turbo', ['run', 'build', '--filter=@hangar/device...', '--output-logs=errors-only'], {
  cwd: root,
  env,
  encoding: 'utf8',
})
if (build.status !== 0) {
  console.error(build.stdout, build.stderr)
  process.exit(1)
}
// The program itself: pnpm's `node` is a shell script that would keep signals for itself.
const node = join(root, 'node_modules/node/bin/node')
const device = spawn(node, [join(root, 'services/device/bin/hangar.mjs'), ...process.argv.slice(2)], {
  env,
  stdio: 'inherit',
})
// ^C reaches the device by itself, being of the same process group; this one only waits for it.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
  process.on(signal, () => signal !== 'SIGINT' && device.kill(signal))
device.on('exit', (code, signal) => process.exit(signal ? 128 + 15 : code))
