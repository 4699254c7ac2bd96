import type { Option } from '../../grammar/command.ts'
import type { Call, CliCommand } from '../call.ts'
import type { CliSettings } from '../settings.ts'

const set = { name: 'set', help: 'Set CLI properties, date/time, craft interface message' }
const setCli = [set, { name: 'cli', help: 'Set CLI properties' }]
const showCli = [
  { name: 'show', help: 'Show system information' },
  { name: 'cli', help: 'Show command-line interface settings' },
]

/** `set cli ...` and `show cli`: the session's own settings. */
export const cliCommands: readonly CliCommand[] = [
  setting(
    'complete-on-space',
    'Set whether typing space completes current word',
    { name: 'state', kind: 'positional', help: 'Complete on space', choices: ['off', 'on'], required: true },
    (settings, state) => {
      settings.completeOnSpace = state === 'on'
      return `${state === 'on' ? 'Enabling' : 'Disabling'} complete-on-space`
    },
  ),
  setting(
    'idle-timeout',
    'Set maximum idle time before login session ends',
    number('minutes', 100_000),
    (settings, minutes) => {
      settings.idleTimeout = Number(minutes)
      return minutes === '0' ? 'Idle timeout disabled' : `Idle timeout set to ${minutes} minutes`
    },
  ),
  setting('screen-length', 'Set number of lines on screen', number('length', 100_000), (settings, length) => {
    settings.screenLength = Number(length)
    return `Screen length set to ${length}`
  }),
  setting('screen-width', 'Set number of characters on a line', number('width', 10_000), (settings, width) => {
    settings.screenWidth = Number(width)
    return `Screen width set to ${width}`
  }),
  setting(
    'timestamp',
    'Timestamp CLI output',
    { name: 'disable', kind: 'flag', help: 'Disable timestamp' },
    (settings, off) => {
      settings.timestamp = off === undefined
      return settings.timestamp ? 'CLI timestamp set to: %b %d %T' : 'CLI timestamp disabled'
    },
  ),
  { words: showCli, action: { piped: 'text', run: show } },
  {
    words: [...showCli, { name: 'history', help: 'Show list of previous commands' }],
    options: [{ name: 'count', kind: 'positional', help: 'Number of commands', range: [0, 100_000] }],
    action: { piped: 'text', run: history },
  },
]

function number(name: string, most: number): Option {
  return { name, kind: 'positional', help: `0 to ${most}`, range: [0, most], required: true }
}

function setting(
  name: string,
  help: string,
  option: Option,
  apply: (settings: CliSettings, value: string | undefined) => string,
): CliCommand {
  return {
    words: [...setCli, { name, help }],
    options: [option],
    action: {
      piped: 'text',
      async *run({ shell, options }) {
        yield `${apply(shell.settings, options.get(option.name))}\n`
      },
    },
  }
}

async function* show({ shell }: Call): AsyncIterable<string> {
  const { completeOnSpace, idleTimeout, timestamp } = shell.settings
  yield `${[
    `CLI complete-on-space set to ${completeOnSpace ? 'on' : 'off'}`,
    idleTimeout === 0 ? 'CLI idle-timeout disabled' : `CLI idle-timeout set to ${idleTimeout} minutes`,
    'CLI restart-on-upgrade set to on',
    `CLI screen-length set to ${shell.rows}`,
    `CLI screen-width set to ${shell.columns}`,
    "CLI terminal is 'vt100'",
    'CLI is operating in enhanced mode',
    timestamp ? 'CLI timestamp set to: %b %d %T' : 'CLI timestamp disabled',
    `CLI working directory is '${shell.host.user === 'root' ? '/root' : `/var/home/${shell.host.user}`}'`,
  ].join('\n')}\n`
}

/** The line that asks is in it already. */
async function* history({ shell, options }: Call): AsyncIterable<string> {
  const { entries } = shell.history
  const count = Number(options.get('count') ?? entries.length)
  for (const { line, at } of entries.slice(Math.max(entries.length - count, 0))) {
    yield `  ${new Date(at).toISOString().slice(11, 19)} -- ${line}\n`
  }
}
