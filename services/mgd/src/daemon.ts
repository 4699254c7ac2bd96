import { defineDaemon, product } from '@hangar/daemon'
import { viewOf } from '@hangar/junos-config'
import { ConfigUpdateSchema, Mgd } from '@hangar/protocol/hangar/mgd/v1/mgd_pb'
import { mgdService } from './api/mgd.ts'
import { serveManagementApis } from './api/services.ts'
import { openCandidate } from './cli/candidates.ts'
import type { CliServices } from './cli/host.ts'
import { RemoteCommands } from './cli/remote-commands.ts'
import { CliSessions } from './cli/sessions.ts'
import { contributeCommands } from './commands/index.ts'
import { Committer } from './commit/committer.ts'
import { commitPatch } from './commit/config-update.ts'
import { CommitEngine } from './commit/engine.ts'
import { lateProblem } from './commit/late-problem.ts'
import { Partners } from './commit/partners.ts'
import { ConfigurationDatabase } from './database/database.ts'
import { lockDirectory } from './database/directory-lock.ts'
import { headOf } from './database/head.ts'
import { openConfiguration } from './database/open.ts'
import { TreeView } from './database/view.ts'
import { EphemeralDatabase } from './ephemeral/database.ts'
import { ephemeralViews } from './ephemeral/views.ts'
import { NetconfSessions } from './netconf/sessions.ts'
import { Operations } from './operations/operations.ts'
import type { MgdOptions } from './options.ts'
import { openSsh } from './ssh/open.ts'
import { Accounts } from './users/accounts.ts'
import { Authenticator } from './users/authenticator.ts'
import { notEnforced } from './users/not-enforced.ts'
import { PasswordChecker } from './users/password.ts'
import { Terminals } from './users/terminals.ts'

export type { MgdOptions } from './options.ts'
export type { Endpoints } from './ssh/listeners.ts'

/** The configuration database, commits, users, the CLI over SSH. */
export const mgd = defineDaemon<MgdOptions>({
  name: 'mgd',
  title: 'Management process',
  signals: ['CONFIG_LOADED', 'CLI_LISTENING'],
  async start(host, options) {
    const { clock, log, lifecycle, bus } = host
    const booted = clock.now()
    const lock = await lockDirectory(options.directory, { log })
    lifecycle.onStop('directory lock', () => lock.release())
    const { store, tree } = await openConfiguration({
      directory: options.directory,
      initial: options.initialConfiguration,
      fallback: options.defaultConfiguration,
      clock,
      log,
    })

    const commits = host.metrics.counter('commits', 'Commits that the disk has')
    const database = new ConfigurationDatabase(tree, clock)
    const updates = host.publisher('config-update', ConfigUpdateSchema)
    const partners = new Partners(bus, () => engine.sync())
    const engine: CommitEngine = new CommitEngine(
      {
        store,
        partners,
        clock,
        log,
        overlay: effective => ephemeral.over(effective),
        onWritten(committed) {
          database.commitDone(committed)
          ephemeral.forgetRemoved()
          commits.add()
        },
        onCommitted(before, after) {
          const patch = commitPatch(before, after, engine.effective)
          if (patch !== undefined) updates.publish({ commitPatch: patch })
        },
        onLateProblem: lateProblem(log, options.onStartProblem),
      },
      tree,
    )
    lifecycle.onStop('commits', () => engine.stop())
    const ephemeral = new EphemeralDatabase(engine, clock)

    const terminals = new Terminals(clock)
    host.metrics.gauge('cli_sessions', 'Open CLI sessions', () => terminals.all.length)
    const committer = new Committer({
      engine,
      database,
      store,
      clock,
      log,
      syslog: message => host.syslog(message),
      broadcast: text => terminals.broadcast(text),
    })
    lifecycle.onStop('confirmation', () => committer.close())

    const system = () => viewOf(engine.effective).at('system')
    const hostName = () => system().leaf('host-name') ?? 'hangar'
    const passwords = new PasswordChecker({ clock, random: host.random })
    lifecycle.onStop('passwords', () => passwords.close())
    const authenticator = new Authenticator(passwords, new Accounts(viewOf(engine.effective)))

    const remoteCommands = new RemoteCommands(bus)
    const services: CliServices = {
      release: product.release,
      remoteCommands,
      committed: maySeeSecrets =>
        new TreeView({
          tree: () => engine.committed,
          head: () => headOf(store.records[0]),
          rollbacks: committer,
          maySeeSecrets,
        }),
      ephemeral: maySeeSecrets => ephemeralViews(ephemeral, maySeeSecrets),
      hostName,
      announcement: () => system().at('login').leaf('announcement'),
      accounts: () => authenticator.accounts,
      openCandidate: (mode, by, maySeeSecrets) =>
        openCandidate({ database, committer, store, clock, host }, mode, by, maySeeSecrets),
      lineRead: (user, line) =>
        host.syslog({
          tag: 'UI_CMDLINE_READ_LINE',
          message: `User '${user}', command '${line} '`,
          facility: 'interact-commands',
          attributes: { username: user, command: `${line} ` },
        }),
    }
    const cli = new CliSessions({
      services,
      terminals,
      clock,
      syslog: message => host.syslog(message),
    })
    const operations = new Operations(services, clock)
    const may = (loginClass: string, permission: string) => authenticator.accounts.classOf(loginClass).may(permission)
    const netconf = new NetconfSessions(
      { database, committer, store, operations, terminals, clock, may, syslog: message => host.syslog(message) },
      log,
    )
    const ssh = await openSsh({ host, options, authenticator, cli, netconf, terminals, system })

    host.configure({
      subtrees: [
        ['system', 'login'],
        ['system', 'root-authentication'],
        ['system', 'services', 'ssh'],
        ['system', 'services', 'netconf'],
      ],
      check: next => notEnforced(next),
      async apply(next) {
        authenticator.use(new Accounts(next))
        const problems = await ssh.apply(next)
        if (problems.length === 0) host.signal('CLI_LISTENING')
        return problems
      },
    })
    host.sockets(() => ssh.sockets())
    host.completion('ephemeral-instance', () => ephemeral.names.map(name => ({ name })))
    host.serve(
      Mgd,
      mgdService({ authenticator, committed: () => engine.committed, revision: () => store.records[0]?.revision ?? 0 }),
    )
    serveManagementApis(host, {
      operations,
      ephemeral,
      database,
      committer,
      host,
      may,
    })
    contributeCommands(host, { booted, store, committer, terminals, authenticator, hostName })

    const members = await bus.watchMembers({
      up(announcement) {
        remoteCommands.up(announcement)
        partners.up(announcement)
      },
      down(daemon, incarnation) {
        remoteCommands.down(daemon, incarnation)
        partners.down(daemon, incarnation)
      },
    })
    lifecycle.onStop('members', async () => members[Symbol.asyncDispose]())
    host.signal('CONFIG_LOADED')
  },
})
