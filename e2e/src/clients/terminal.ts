import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import type { CommandLine } from '../device.ts'

const ends = {
  operational: /(?:^|\n)[\w.-]+@[\w.-]+> $/,
  configuration: /(?:^|\n)\[edit[^\]]*\]\r?\n[\w.-]+@[\w.-]+# $/,
}
const prompt = /(?:^|\n)(?:\[edit[^\]]*\]\r?\n)?[\w.-]+@[\w.-]+[>#] $/

/** A person at a terminal: keys go in; what the screen shows is waited for. */
export class Terminal {
  readonly #child: ChildProcess
  #output = ''
  #waiting: (() => void) | undefined
  #over = false

  constructor([command, ...args]: CommandLine, env: NodeJS.ProcessEnv = {}) {
    this.#child = spawn(command, args, { stdio: 'pipe', env: { ...process.env, TERM: 'vt100', ...env } })
    const take = (chunk: string) => {
      this.#output += chunk
      this.#waiting?.()
    }
    this.#child.stdout!.setEncoding('utf8').on('data', take)
    this.#child.stderr!.setEncoding('utf8').on('data', take)
    this.#child.once('close', () => {
      this.#over = true
      this.#waiting?.()
    })
  }

  type(keys: string): void {
    this.#child.stdin!.write(keys)
  }

  /** Waits until `pattern` is found in what has come since the last match; gives all of that, up to the match's end. */
  async until(pattern: RegExp): Promise<string> {
    for (;;) {
      const match = pattern.exec(this.#output)
      if (match) {
        const end = match.index + match[0].length
        const text = this.#output.slice(0, end)
        this.#output = this.#output.slice(end)
        return text
      }
      if (this.#over) throw new Error(`the session ended before ${pattern}: ${JSON.stringify(this.#output)}`)
      const late = AbortSignal.timeout(20_000)
      await new Promise<void>((resolve, reject) => {
        this.#waiting = resolve
        late.addEventListener('abort', () =>
          reject(new Error(`no ${pattern} in 20 s: ${JSON.stringify(this.#output)}`)),
        )
      })
    }
  }

  /** Waits for a prompt of either mode, or of the given one. */
  prompt(mode?: keyof typeof ends): Promise<string> {
    return this.until(mode ? ends[mode] : prompt)
  }

  /** Enters a line and gives what was printed before the next prompt, with plain line ends and without the echo of the line. */
  async command(line: string): Promise<string> {
    this.type(`${line}\r`)
    const text = await this.prompt()
    return text
      .replace(prompt, '\n')
      .replace(/^[^\n]*\r?\n/, '')
      .replaceAll('\r', '')
  }

  /** Waits until the program ends by itself; resolves with its exit code. */
  async end(): Promise<number | null> {
    if (!this.#over) await once(this.#child, 'close')
    return this.#child.exitCode
  }

  /** Hangs up. */
  async close(): Promise<void> {
    this.#child.kill('SIGHUP')
    await this.end()
  }
}
