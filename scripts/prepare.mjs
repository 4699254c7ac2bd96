// Makes a fresh clone ready: the packages that the lock file names, among them the Node that everything runs on.
// Runs on any Node from 20 on. Does nothing when nothing has changed since it last ran.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = dirname(dirname(fileURLToPath(import.meta.url)))
const stamp = join(root, 'node_modules/.hangar-prepared')
const { packageManager } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))

/** What decides which packages are needed. */
function fingerprint() {
  const hash = createHash('sha256')
  for (const file of ['package.json', 'pnpm-workspace.yaml', 'pnpm-lock.yaml'])
    hash.update(readFileSync(join(root, file)))
  return hash.digest('hex')
}

/** The environment in which Node 24 and the tools come first. */
export function environment() {
  return { ...process.env, PATH: `${join(root, 'node_modules/.bin')}:${process.env.PATH}` }
}

export function prepare() {
  const wanted = fingerprint()
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return
  console.error('hangar: installing what it needs (only the first time) ...')
  const install = spawnSync('npx', ['-y', packageManager, 'install', '--frozen-lockfile', '--reporter=append-only'], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit'],
    encoding: 'utf8',
  })
  if (install.status !== 0) {
    console.error(install.stdout)
    console.error('hangar: the packages could not be installed')
    process.exit(1)
  }
  writeFileSync(stamp, wanted)
}
