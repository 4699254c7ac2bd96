import { open, readFile, rename } from 'node:fs/promises'
import { join } from 'node:path'
import { HangarError, messageOf } from '@hangar/runtime'
import { makeDirectory } from '../database/make-directory.ts'

const kinds = { ed25519: undefined, ecdsa: { bits: 256 }, rsa: { bits: 2048 } } as const
type Kind = keyof typeof kinds

/**
 * The device's host keys in OpenSSH's form, the newest algorithm first; made at the first call and kept in the directory, so that
 * a client that saw the device once knows it again.
 */
export async function hostKeys(directory: string): Promise<readonly string[]> {
  try {
    await makeDirectory(directory)
    const names = Object.keys(kinds) as Kind[]
    return await Promise.all(names.map(kind => hostKey(join(directory, `ssh_host_${kind}_key`), kind)))
  } catch (error) {
    throw new HangarError('HGR_DIRECTORY', `cannot keep SSH host keys: ${messageOf(error)}`, { cause: error })
  }
}

async function hostKey(path: string, kind: Kind): Promise<string> {
  const kept = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return ''
    throw error
  })
  // A key that a crash cut short is made again.
  if (await isKey(kept)) return kept
  const made = await newKey(kind)
  const file = await open(`${path}.new`, 'w', 0o600)
  try {
    await file.writeFile(made)
    await file.sync()
  } finally {
    await file.close()
  }
  await rename(`${path}.new`, path)
  return made
}

/** A new private key in OpenSSH's form. Of the library's Ed25519 keys one in some hundreds cannot be read, not by itself either: that is looked at here. */
export async function newKey(kind: Kind): Promise<string> {
  for (;;) {
    const made = await generate(kind)
    if (await isKey(made)) return made
  }
}

async function isKey(text: string): Promise<boolean> {
  const { default: ssh2 } = await import('ssh2')
  return !(ssh2.utils.parseKey(text) instanceof Error)
}

async function generate(kind: Kind): Promise<string> {
  const { default: ssh2 } = await import('ssh2')
  return new Promise((resolve, reject) => {
    const done = (error: Error | null, pair: { private: string }) => (error ? reject(error) : resolve(pair.private))
    if (kind === 'ed25519') ssh2.utils.generateKeyPair(kind, done)
    else ssh2.utils.generateKeyPair(kind, kinds[kind], done)
  })
}
