import { createHmac, timingSafeEqual } from 'node:crypto'
import { type Clock, Queue, type Random } from '@hangar/runtime'
import { type CryptWorker, crypt, cryptWorker } from './crypt.ts'

/** Longer ones are refused without hashing: the cost of crypt grows with the square of the length. */
const longestPassword = 1024
/** How many checks may wait. Beyond, a check fails at once: a flood of guesses must not fill memory. */
const mostWaiting = 256
const remembered = 256

/** Where passwords are checked. A right password is remembered (as an HMAC under a key of this process), so that programs that log in again and again pay once. */
export class PasswordChecker {
  readonly #clock: Clock
  readonly #key: string
  /** HMACs of (hash, password) pairs that matched, oldest first. */
  readonly #matched = new Set<string>()
  readonly #queue = new Queue()
  #waiting = 0
  #lastCheck = Number.NEGATIVE_INFINITY
  #worker: CryptWorker | undefined
  #cancelIdle = () => {}

  constructor(options: { clock: Clock; random: Random }) {
    this.#clock = options.clock
    this.#key = options.random.hex(32)
  }

  /** Whether the password is that of the crypt(3) text. Without a text, it takes as long and says no. */
  async check(password: string, encrypted: string | undefined): Promise<boolean> {
    if (Buffer.byteLength(password) > longestPassword || this.#waiting >= mostWaiting) return false
    const wanted = encrypted?.startsWith('$') ? encrypted : undefined
    const mark = createHmac('sha256', this.#key).update(`${wanted}\n${password}`).digest('base64')
    if (wanted && this.#matched.has(mark)) return true
    this.#waiting++
    try {
      const text = await this.#queue.run(() => this.#hash(password, wanted ?? absent))
      if (!wanted || text === undefined || !equal(text, wanted)) return false
      this.#remember(mark)
      return true
    } finally {
      this.#waiting--
    }
  }

  close(): void {
    this.#cancelIdle()
    this.#worker?.close()
    this.#worker = undefined
  }

  /** One check now and then costs less here (10 ms) than starting a thread; from the second within a second on, a thread does them. */
  async #hash(password: string, setting: string): Promise<string | undefined> {
    const now = this.#clock.monotonic()
    const often = now - this.#lastCheck < 1000
    this.#lastCheck = now
    if (!often && !this.#worker) return crypt(password, setting)
    this.#worker ??= cryptWorker()
    this.#cancelIdle()
    this.#cancelIdle = this.#clock.after(10_000, () => this.close())
    return this.#worker.crypt(password, setting)
  }

  #remember(mark: string): void {
    this.#matched.add(mark)
    for (const oldest of this.#matched) {
      if (this.#matched.size <= remembered) break
      this.#matched.delete(oldest)
    }
  }
}

/** What a password of nobody is hashed with, so that time does not tell who exists. */
const absent = '$6$absent.absent.$'

function equal(a: string, b: string): boolean {
  const left = Buffer.from(a)
  const right = Buffer.from(b)
  return left.length === right.length && timingSafeEqual(left, right)
}
