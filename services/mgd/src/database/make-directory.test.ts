import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { makeDirectory } from './make-directory.ts'

const root = mkdtempSync(join(tmpdir(), 'hangar-make-'))
afterEach(() => rmSync(root, { recursive: true, force: true }))

test('makes what is missing above it too, and does not mind what is there', async () => {
  const path = join(root, 'a/b/c')
  await makeDirectory(path)
  await makeDirectory(path)
  expect(statSync(path).mode & 0o777).toBe(0o700)
})

test('says so where no directory can be, at once', async () => {
  await makeDirectory(root)
  writeFileSync(join(root, 'file'), '')
  await expect(makeDirectory(join(root, 'file'))).rejects.toMatchObject({ code: 'EEXIST' })
  await expect(makeDirectory(join(root, 'file/below'))).rejects.toMatchObject({ code: 'ENOTDIR' })
  await expect(makeDirectory('/proc/hangar/below')).rejects.toMatchObject({ code: 'ENOENT' })
})
