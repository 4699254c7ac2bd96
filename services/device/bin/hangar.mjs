#!/usr/bin/env node
// Finds the Node that Hangar runs on, and what it runs: the built file, or the source where none was built.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createRequire, enableCompileCache } from 'node:module'

const built = new URL('../dist/hangar.mjs', import.meta.url)
const source = new URL('../src/hangar.ts', import.meta.url)
const program = existsSync(built) && !process.env.HANGAR_SOURCE ? built : source

if (Number(process.versions.node.split('.')[0]) >= 24) {
  enableCompileCache()
  await import(program.href)
} else {
  const node = createRequire(import.meta.url).resolve('node/bin/node')
  const child = spawn(node, [import.meta.filename, ...process.argv.slice(2)], { stdio: 'inherit' })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
    process.on(signal, () => signal !== 'SIGINT' && child.kill(signal))
  child.on('exit', (code, signal) => process.exit(signal ? 143 : code))
}
