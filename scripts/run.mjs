// Runs a task over all packages: `node scripts/run.mjs test`. What the npm scripts at the root call. Further words go to the task
// (`npm run bench -- boot`), flags to turbo (`npm test -- --continue`).
import { spawnSync } from 'node:child_process'
import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'
import { environment, prepare, root } from './prepare.mjs'

prepare()
const env = environment()

/** A real nats-server is part of what decides a test's outcome, so that turbo has to know of it. */
function natsServer() {
  for (const folder of env.PATH.split(delimiter)) {
    try {
      accessSync(join(folder, 'nats-server'), constants.X_OK)
      return join(folder, 'nats-server')
    } catch {}
  }
  return ''
}

env.HANGAR_NATS_SERVER ??= natsServer()
const [task, ...given] = process.argv.slice(2)
const flags = given.filter(word => word.startsWith('-'))
const words = given.filter(word => !word.startsWith('-'))
const passed = words.length > 0 ? ['--', ...words] : []
const { status } = spawnSync('turbo', ['run', task, '--output-logs=new-only', '--concurrency=3', ...flags, ...passed], {
  cwd: root,
  env,
  stdio: 'inherit',
})
process.exit(status ?? 1)
