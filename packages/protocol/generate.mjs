#!/usr/bin/env node
// Makes gen/ (JavaScript and its types; jet-methods.js, the names of what JET services have) and image.json (the schema
// as a FileDescriptorSet) from proto/.
//
//   node generate.mjs
//
// Works offline: buf and protoc-gen-es come with `npm install`, and well-known types from @bufbuild/protobuf/wkt.
// Others may be importing gen/ at this moment, so everything is made in a folder of its own first; then each file
// that differs takes its place by a rename, and what proto/ no longer yields is removed. A schema that buf rejects
// changes nothing.
import { execFileSync } from 'node:child_process'
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const here = dirname(fileURLToPath(import.meta.url))
const proto = join(here, '../../proto')

// The launcher in @bufbuild/buf finds the binary in the package of this platform; its postinstall step, which only
// replaces the launcher by the binary, need not have run.
const launcher = createRequire(import.meta.url).resolve('@bufbuild/buf/bin/buf')
const path = [join(here, 'node_modules/.bin'), dirname(process.execPath), process.env.PATH].join(delimiter)

function buf(...args) {
  execFileSync(process.execPath, [launcher, ...args], {
    cwd: proto,
    env: { ...process.env, PATH: path },
    stdio: ['ignore', 'inherit', 'inherit'],
  })
}

/** Every file below `root`, as a path relative to it. */
function filesIn(root) {
  return readdirSync(root, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry => join(entry.parentPath, entry.name).slice(root.length + 1))
}

function contentOf(file) {
  try {
    return readFileSync(file)
  } catch (error) {
    if (error.code === 'ENOENT') return undefined
    throw error
  }
}

/** Moves `from` to `to` unless they are equal (so that watchers and caches see real changes only). */
function replace(from, to) {
  if (contentOf(to)?.equals(readFileSync(from))) return false
  mkdirSync(dirname(to), { recursive: true })
  renameSync(from, to)
  return true
}

function removeStale(root, wanted) {
  const stale = filesIn(root).filter(file => !wanted.has(file))
  for (const file of stale) {
    rmSync(join(root, file), { force: true })
    let folder = dirname(join(root, file))
    while (folder !== root && readdirSync(folder).length === 0) {
      rmdirSync(folder)
      folder = dirname(folder)
    }
  }
  return stale.length
}

/**
 * Which methods each JET service has, and of which kind: what has to be known of a service that nobody has called yet.
 * Loading descriptors costs a start more than anything else.
 */
function writeMethods(image, folder) {
  const kind = ({ clientStreaming, serverStreaming }) =>
    clientStreaming && serverStreaming
      ? 'bidi_streaming'
      : clientStreaming
        ? 'client_streaming'
        : serverStreaming
          ? 'server_streaming'
          : 'unary'
  const services = image.file
    .filter(({ name }) => !name.startsWith('hangar/'))
    .flatMap(file => (file.service ?? []).map(service => [`${file.package}.${service.name}`, service.method]))
    .map(([name, methods]) => [name, Object.fromEntries(methods.map(method => [method.name, kind(method)]))])
  const text = JSON.stringify(Object.fromEntries(services), null, 2)
  writeFileSync(join(folder, 'jet-methods.js'), `// @generated from proto/jet\nexport const jetMethods = ${text}\n`)
  const types = [
    '// @generated from proto/jet',
    "export type JetMethodKind = 'unary' | 'client_streaming' | 'server_streaming' | 'bidi_streaming'",
    '/** By the full name of a JET service, its methods in the order of the contract. */',
    'export declare const jetMethods: Readonly<Record<string, Readonly<Record<string, JetMethodKind>>>>',
  ]
  writeFileSync(join(folder, 'jet-methods.d.ts'), `${types.join('\n')}\n`)
}

const gen = join(here, 'gen')
// On the file system of gen/, so that a rename can move a file; and where a killed run leaves nothing that git sees.
const fresh = mkdtempSync(join(here, 'node_modules/.generate-'))
try {
  buf('generate', '-o', fresh)
  buf('build', '--as-file-descriptor-set', '-o', join(fresh, 'image.json'))
  writeMethods(JSON.parse(readFileSync(join(fresh, 'image.json'))), join(fresh, 'gen'))
  const files = filesIn(join(fresh, 'gen'))
  const written = files.filter(file => replace(join(fresh, 'gen', file), join(gen, file))).length
  const removed = removeStale(gen, new Set(files))
  replace(join(fresh, 'image.json'), join(here, 'image.json'))
  console.log(`protocol: ${files.length} generated files, ${written} written, ${removed} removed`)
} catch (error) {
  // buf has said what is wrong with which line; anything else is ours to say.
  if (error.status === undefined) throw error
  process.exitCode = 1
} finally {
  rmSync(fresh, { recursive: true, force: true })
}
