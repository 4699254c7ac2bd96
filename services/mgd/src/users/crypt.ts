import { Worker } from 'node:worker_threads'
import { encrypt } from 'unixcrypt'

/** A text with more rounds than this is refused: it would keep a core busy for seconds. The usual is 5,000. */
const mostRounds = 1_000_000

/** crypt(3) of the kinds $6$ and $5$: `setting` is an encrypted password, or its part before the last `$` with that. Undefined for other kinds. */
export function crypt(password: string, setting: string): string | undefined {
  if (!canCrypt(setting)) return undefined
  return encrypt(password, setting.slice(0, setting.lastIndexOf('$')))
}

/** A new password's text: $6$ with a salt of its own. */
export function encryptPassword(password: string): string {
  return encrypt(password)
}

/** Whether passwords can be checked against it here. */
export function canCrypt(setting: string): boolean {
  const match = /^\$[56]\$(?:rounds=(\d{1,9})\$)?[./0-9A-Za-z]{0,255}\$[./0-9A-Za-z]*$/.exec(setting)
  return match !== null && Number(match[1] ?? 0) <= mostRounds
}

/** Hashes on a thread of its own. */
export interface CryptWorker {
  crypt(password: string, setting: string): Promise<string | undefined>
  close(): void
}

/** Beside this file, as source and as bundled. */
const workerFile = new URL(`./crypt-worker${import.meta.url.endsWith('.ts') ? '.ts' : '.mjs'}`, import.meta.url)

/** A thread that hashes. Where its file is not there (a bundle without it), it is done on this one. */
export function cryptWorker(file = workerFile): CryptWorker {
  const waiting: { resolve(text: string | undefined): void; password: string; setting: string }[] = []
  let worker: Worker | undefined = new Worker(file)
  worker.unref()
  const fall = () => {
    worker = undefined
    for (const { resolve, password, setting } of waiting.splice(0)) resolve(crypt(password, setting))
  }
  worker.on('message', (text: string | undefined) => waiting.shift()?.resolve(text))
  worker.on('error', fall)
  worker.on('exit', fall)
  return {
    crypt(password, setting) {
      if (!worker) return Promise.resolve(crypt(password, setting))
      const running = worker
      return new Promise(resolve => {
        waiting.push({ resolve, password, setting })
        // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
        running.postMessage({ password, setting })
      })
    },
    close: () => void worker?.terminate(),
  }
}
