import { choice } from '../values/choice.ts'
import { textName } from '../values/name.ts'
import { integer } from '../values/number.ts'
import { fileSize } from '../values/size.ts'
import { boundedText } from '../values/value.ts'
import { container, flag, key, leaf, list, oneOf } from './dsl.ts'
import type { ContainerSchema, SchemaNode } from './node.ts'

/** `traceoptions` of a routing protocol: a file on one line, flags with their modifiers. */
export function traceOptions(flags: Readonly<Record<string, string>>): ContainerSchema {
  return container('traceoptions', 'Trace options', () => [
    container(
      'file',
      'Trace file options',
      () => [
        leaf('filename', 'Name of file in which to write trace information', textName('filename'), { keyword: false }),
        leaf('size', 'Maximum trace file size', fileSize),
        leaf('files', 'Maximum number of trace files', integer(2, 1000), { default: '10' }),
        ...oneOf('world-readable', [
          flag('world-readable', 'Allow any user to read the log file'),
          flag('no-world-readable', "Don't allow any user to read the log file"),
        ]),
      ],
      { oneLine: 'always' },
    ),
    list(
      'flag',
      'Tracing parameters',
      key('flag-name', 'Tracing parameters', choice(flags)),
      () => [
        flag('send', 'Trace transmitted packets'),
        flag('receive', 'Trace received packets'),
        flag('detail', 'Trace detailed information'),
        flag('disable', 'Disable this trace flag'),
      ],
      { oneLine: 'always' },
    ),
  ])
}

/** What every routing protocol can trace. */
export const commonFlags: Readonly<Record<string, string>> = {
  route: 'Trace routing information',
  normal: 'Trace normal events',
  general: 'Trace general events',
  state: 'Trace state transitions',
  policy: 'Trace policy processing',
  task: 'Trace routing protocol task processing',
  timer: 'Trace routing protocol timer processing',
  all: 'Trace everything',
}

/** `traceoptions` of a process that routes nothing: flags that are words alone. */
export function processTraceOptions(
  flags: Readonly<Record<string, string>>,
  more: readonly SchemaNode[] = [],
): ContainerSchema {
  return container('traceoptions', 'Trace options', () => [
    flag('no-remote-trace', 'Keep traces on this device'),
    container(
      'file',
      'Trace file',
      () => [
        leaf('filename', 'Name of the trace file', textName('filename'), { keyword: false }),
        leaf('size', 'Size at which a new file is begun', fileSize),
        leaf('files', 'Number of files to keep', integer(2, 1000), { default: '3' }),
        ...oneOf('world-readable', [
          flag('world-readable', 'Let any user read the file'),
          flag('no-world-readable', "Don't let any user read the file"),
        ]),
        leaf('match', 'Expression that lines to be written match', boundedText('match', 0, 1024)),
      ],
      { oneLine: 'always' },
    ),
    ...more,
    list('flag', 'What to trace', key('flag-name', 'What to trace', choice(flags)), [], { oneLine: 'always' }),
  ])
}
