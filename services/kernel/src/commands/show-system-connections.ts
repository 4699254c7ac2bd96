import type { Bus } from '@hangar/bus'
import type { OperationalCommand } from '@hangar/junos-cli'
import { Daemon, type Socket } from '@hangar/protocol/hangar/daemon/v1/daemon_pb'
import { element } from '@hangar/xml'

/** How long a daemon may take to say what it holds open; one that takes longer is left out. */
const patience = 1_000
const header =
  'Active Internet connections (including servers)\n' +
  'Proto Recv-Q Send-Q  Local Address                                 Foreign Address                               (state)\n'
const addressWidth = 46

/** `show system connections`: the sockets of every daemon that is there. `members`: who is there now. */
export function showSystemConnections(bus: Bus, members: () => Iterable<string>): OperationalCommand {
  return {
    words: [
      { name: 'show', help: 'Show system information' },
      { name: 'system', help: 'Show system information' },
      { name: 'connections', help: 'Show system connection activity' },
    ],
    permission: 'view',
    async run() {
      const answers = await Promise.allSettled(
        [...members()].map(daemon => bus.client(daemon, Daemon).listSockets({}, { timeoutMs: patience })),
      )
      const sockets = answers.flatMap(answer => (answer.status === 'fulfilled' ? answer.value.sockets : []))
      return element('output', connectionsText(sockets))
    },
    text: data => data.text ?? '',
  }
}

/** The recorded table. The queues of a socket that is drained at once are empty. */
export function connectionsText(sockets: readonly Pick<Socket, 'protocol' | 'local' | 'foreign' | 'state'>[]): string {
  const rows = [...sockets].sort(connectionsFirst).map(({ protocol, local, foreign, state }) => {
    const queues = `${protocol.padEnd(5)} ${'0'.padStart(6)} ${'0'.padStart(6)}  `
    return `${(queues + cell(local) + cell(foreign) + state).trimEnd()}\n`
  })
  return header + rows.join('')
}

/** A text that fills its column still ends in a blank. */
function cell(text: string): string {
  return `${text.padEnd(addressWidth - 1)} `
}

/** As recorded: connections, then listeners; each by address, so that the same sockets always give the same text. */
function connectionsFirst(a: Pick<Socket, 'local' | 'foreign' | 'state'>, b: typeof a): number {
  const rank = (state: string) => (state === 'LISTEN' ? 1 : state === '' ? 2 : 0)
  return rank(a.state) - rank(b.state) || compare(a.local, b.local) || compare(a.foreign, b.foreign)
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
