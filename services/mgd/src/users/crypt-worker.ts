import { parentPort } from 'node:worker_threads'
import { crypt } from './crypt.ts'

parentPort?.on('message', ({ password, setting }: { password: string; setting: string }) => {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
  parentPort?.postMessage(crypt(password, setting))
})
