import { type ChildProcess, fork } from 'node:child_process'
import { messageOf } from '@hangar/runtime'
import { type Jobs, jobs } from './jobs.ts'

interface Request {
  id: number
  job: keyof Jobs
  argument: unknown
}

type Answer = { id: number; value: unknown } | { id: number; error: string }

/** A process that makes load, so that its work never waits for the bench's or for another load's. Jobs run side by side. */
export class LoadProcess {
  readonly #child: ChildProcess = fork(import.meta.filename)
  readonly #waiting = new Map<number, PromiseWithResolvers<unknown>>()
  #last = 0

  constructor() {
    this.#child.on('message', (answer: Answer) => {
      const waiting = this.#waiting.get(answer.id)!
      this.#waiting.delete(answer.id)
      if ('error' in answer) waiting.reject(new Error(answer.error))
      else waiting.resolve(answer.value)
    })
    this.#child.on('exit', code => {
      for (const waiting of this.#waiting.values()) waiting.reject(new Error(`the load ended with ${code}`))
    })
  }

  run<J extends keyof Jobs>(job: J, ...[argument]: Parameters<Jobs[J]>): Promise<Awaited<ReturnType<Jobs[J]>>> {
    const waiting = Promise.withResolvers<unknown>()
    const request: Request = { id: ++this.#last, job, argument }
    this.#waiting.set(request.id, waiting)
    this.#child.send(request)
    return waiting.promise as Promise<Awaited<ReturnType<Jobs[J]>>>
  }

  stop(): void {
    this.#child.kill()
  }
}

if (import.meta.main) {
  process.on('message', async ({ id, job, argument }: Request) => {
    try {
      process.send!({ id, value: await jobs[job](argument as never) })
    } catch (error) {
      process.send!({ id, error: `${job}: ${messageOf(error)}` })
    }
  })
  process.on('disconnect', () => process.exit())
}
