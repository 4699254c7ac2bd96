import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { root } from '../root.ts'

/** A program of a user's, as its own process: lines go in, lines come out. */
export class Program {
  readonly #child: ChildProcess
  readonly #lines: string[] = []
  #waiting: (() => void) | undefined
  #over = false
  #errors = ''

  constructor(command: string, args: readonly string[], env: NodeJS.ProcessEnv = {}) {
    this.#child = spawn(command, args, { stdio: 'pipe', env: { ...process.env, ...env } })
    createInterface({ input: this.#child.stdout! }).on('line', line => {
      this.#lines.push(line)
      this.#waiting?.()
    })
    this.#child.stderr!.setEncoding('utf8').on('data', chunk => {
      this.#errors += chunk
    })
    // It may end without having read all of its input; its exit code says what came of that.
    this.#child.stdin!.on('error', () => {})
    this.#child.once('close', () => {
      this.#over = true
      this.#waiting?.()
    })
  }

  /** The next line that the program prints. Rejects when it ends instead, or is silent for 20 s. */
  async line(): Promise<string> {
    while (this.#lines.length === 0) {
      if (this.#over) throw new Error(`the program ended: ${this.#errors}`)
      const late = AbortSignal.timeout(20_000)
      await new Promise<void>((resolve, reject) => {
        this.#waiting = resolve
        late.addEventListener('abort', () => reject(new Error(`no line in 20 s: ${this.#errors}`)))
      })
    }
    return this.#lines.shift()!
  }

  async json<T>(): Promise<T> {
    return JSON.parse(await this.line())
  }

  send(line: string): void {
    this.#child.stdin!.write(`${line}\n`)
  }

  /** Gives it the rest of its input and waits until it has ended by itself. */
  async end(input = ''): Promise<{ output: string; errors: string; code: number | null }> {
    this.#child.stdin!.end(input)
    if (!this.#over) await once(this.#child, 'close')
    return { output: this.#lines.map(line => `${line}\n`).join(''), errors: this.#errors, code: this.#child.exitCode }
  }

  async kill(): Promise<void> {
    this.#child.kill('SIGKILL')
    if (!this.#over) await once(this.#child, 'close')
  }
}

/** One of e2e/clients, run by the system's Python, which is the one that has Debian's packages. */
export function python(script: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): Program {
  return new Program('/usr/bin/python3', ['-u', join(root, 'e2e/clients', script), ...args], env)
}
