import { setTimeout as wait } from 'node:timers/promises'

export interface Readiness {
  ready: boolean
  signals: string[]
  missing: string[]
  daemons: string[]
}

export async function readiness(control: string): Promise<Readiness & { status: number }> {
  const response = await fetch(`http://${control}/ready`)
  return { status: response.status, ...((await response.json()) as Readiness) }
}

/** Asks for readiness until the device says so, as a deployment's probe does. Says what was missing when a minute was not enough. */
export async function untilReady(control: string): Promise<void> {
  const end = Date.now() + 60_000
  let last = 'nothing answered'
  while (Date.now() < end) {
    try {
      const answer = await readiness(control)
      if (answer.ready) return
      last = `missing: ${answer.missing.join(' ')}`
    } catch (error) {
      last = String(error)
    }
    await wait(50)
  }
  throw new Error(`the device did not become ready: ${last}`)
}

/** Puts a cable in or pulls it, with Connect's JSON over HTTP as curl would. */
export async function setLink(control: string, name: string, up: boolean): Promise<{ status: number; body: unknown }> {
  const response = await fetch(`http://${control}/hangar.control.v1.Control/SetInterfaceLink`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ interface: name, up }),
  })
  return { status: response.status, body: await response.json() }
}
