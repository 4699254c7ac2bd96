import { CommandError, CommitFailed, DatabaseLocked, DatabaseModified, errorText } from '@hangar/junos-cli'
import type { LoadError } from '@hangar/junos-config'
import { messageOf } from '@hangar/runtime'
import { element, renderXml, type XmlElement } from '@hangar/xml'

/** One `<rpc-error>`. */
export interface Fault {
  readonly severity: 'error' | 'warning'
  /** RFC 6241's name for it; `operation-failed` unless told otherwise. */
  readonly tag?: string
  /** "[edit interfaces xe-0/0/0]" */
  readonly path?: string
  readonly badElement?: string
  readonly sessionId?: number
  readonly message: string
}

/** What an operation answers instead of what was asked for. */
export class NetconfError extends Error {
  override readonly name = 'NetconfError'
  readonly faults: readonly Fault[]

  constructor(...faults: readonly Fault[]) {
    super(faults.map(({ message }) => message).join('\n'))
    this.faults = faults
  }
}

/** An error with nothing but a message, and perhaps the element that is wrong. */
export function refusal(message: string, badElement?: string, tag?: string): NetconfError {
  return new NetconfError({
    severity: 'error',
    message,
    ...(badElement !== undefined && { badElement }),
    ...(tag !== undefined && { tag }),
  })
}

/** What a router says of an element that it does not know. */
export function unknownElement(name: string): NetconfError {
  return refusal('syntax error, expecting <command>', name)
}

export function loadFault({ level, token, message }: LoadError): Fault {
  return { severity: 'error', message, ...(level !== undefined && { path: level }), badElement: token }
}

/** Everything that an operation may throw. */
export function faultsOf(thrown: unknown, now: number): readonly Fault[] {
  if (thrown instanceof NetconfError) return thrown.faults
  if (thrown instanceof DatabaseLocked) {
    const [holder] = thrown.editors
    const message = plain(errorText(thrown, now))
    return [{ severity: 'error', tag: 'lock-denied', message, ...(holder && { sessionId: holder.pid }) }]
  }
  if (thrown instanceof DatabaseModified) return [{ severity: 'error', message: plain(errorText(thrown, now)) }]
  if (thrown instanceof CommitFailed) {
    const problems = thrown.problems.map(
      ({ warning, path, element: badElement, message }): Fault => ({
        severity: warning ? 'warning' : 'error',
        message,
        ...(path !== '' && { path: `[edit ${path}]` }),
        ...(badElement !== undefined && { badElement }),
      }),
    )
    return [...problems, { severity: 'error', message: thrown.message }]
  }
  if (thrown instanceof CommandError) return [{ severity: 'error', message: thrown.message }]
  throw thrown
}

export function renderFault({
  severity,
  tag = 'operation-failed',
  path,
  badElement,
  sessionId,
  message,
}: Fault): string {
  const info: (XmlElement | undefined)[] = [
    badElement === undefined ? undefined : element('bad-element', badElement),
    sessionId === undefined ? undefined : element('session-id', sessionId),
  ]
  return renderXml(
    element('rpc-error', [
      severity === 'error' ? element('error-type', 'protocol') : undefined,
      severity === 'error' ? element('error-tag', tag) : undefined,
      element('error-severity', severity),
      path === undefined ? undefined : element('error-path', path),
      element('error-message', `\n${message}\n`),
      info.some(one => one !== undefined) ? element('error-info', info) : undefined,
    ]),
  )
}

function plain(text: string): string {
  return messageOf(text)
    .replace(/^error: /, '')
    .trimEnd()
}
