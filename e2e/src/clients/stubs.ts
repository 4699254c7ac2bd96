import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { root } from '../root.ts'

let made: string | undefined

/** A folder with the Python stubs of both generations of the contract, made as proto/jet/README.md says. */
export function pythonStubs(): string {
  if (made) return made
  const out = mkdtempSync(join(tmpdir(), 'hangar-stubs-'))
  for (const generation of ['classic', 'modern']) {
    const include = join(root, 'proto/jet', generation)
    const files = readdirSync(include).filter(file => file.endsWith('.proto'))
    const plugin = '--plugin=protoc-gen-grpc=/usr/bin/grpc_python_plugin'
    execFileSync('protoc', ['-I', include, `--python_out=${out}`, `--grpc_out=${out}`, plugin, ...files])
  }
  made = out
  return out
}
