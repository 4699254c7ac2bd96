import { execFile, execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdtempSync, readFileSync, renameSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { root } from '../root.ts'

const run = promisify(execFile)

/** The .proto files that the program needs: all of them would take minutes to compile. */
const protos = ['authentication_service', 'rib_service', 'prpd_common', 'jnx_addr', 'flexible_tunnel_profile'] as const
const services = ['authentication_service', 'rib_service'] as const
const include = join(root, 'proto/jet/classic')
const source = join(root, 'e2e/clients/add_route.cc')

/** e2e/clients/add_route.cc, compiled with Debian's grpc++ and stubs generated from proto/jet/classic; once for all runs of the same text. */
export async function addRouteProgram(): Promise<string> {
  const files = protos.map(name => join(include, `${name}.proto`))
  const hash = createHash('sha256')
  for (const file of [...files, source]) hash.update(readFileSync(file))
  const program = join(tmpdir(), `hangar-add-route-${hash.digest('hex').slice(0, 16)}`)
  if (existsSync(program)) return program

  const out = mkdtempSync(join(tmpdir(), 'hangar-cpp-'))
  const plugin = '--plugin=protoc-gen-grpc=/usr/bin/grpc_cpp_plugin'
  execFileSync('protoc', ['-I', include, `--cpp_out=${out}`, `--grpc_out=${out}`, plugin, ...files])
  const sources = [
    ...protos.map(name => join(out, `${name}.pb.cc`)),
    ...services.map(name => join(out, `${name}.grpc.pb.cc`)),
    source,
  ]
  const flags = execFileSync('pkg-config', ['--cflags', 'grpc++', 'protobuf'], { encoding: 'utf8' }).split(/\s+/)
  const libraries = execFileSync('pkg-config', ['--libs', 'grpc++', 'protobuf'], { encoding: 'utf8' }).split(/\s+/)
  const set = (words: string[]) => words.filter(word => word !== '')
  const objects = await Promise.all(
    sources.map(async (file, i) => {
      const object = join(out, `${i}.o`)
      await run('g++', ['-std=c++17', '-O0', '-I', out, ...set(flags), '-c', file, '-o', object])
      return object
    }),
  )
  await run('g++', [...objects, '-o', join(out, 'program'), ...set(libraries)])
  renameSync(join(out, 'program'), program)
  return program
}
