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

/** Asks again and again, as a deployment's probe does; gives up after a minute. */
export async function until(what: string, isSo: () => Promise<boolean>): Promise<void> {
  const end = Date.now() + 60_000
  while (!(await isSo())) {
    if (Date.now() > end) throw new Error(`not within a minute: ${what}`)
    await wait(50)
  }
}

export async function untilReady(control: string): Promise<void> {
  const isReady = () =>
    readiness(control).then(
      ({ ready }) => ready,
      () => false,
    )
  await until('the device is ready', isReady)
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
