import { HangarError } from '@hangar/runtime'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readArguments } from './arguments.ts'

const read = (...words: string[]) => readArguments(words, {})

test('hangar up takes every flag', () => {
  expect(
    read(
      ...'up --dir d --config c.conf --host 0.0.0.0 --grpc-port 0 --mqtt-port 1'.split(' '),
      ...'--ssh-port 2 --netconf-port 3 --control-port 65535 --ready-file=r.json'.split(' '),
    ),
  ).toEqual({
    command: 'up',
    directory: 'd',
    configurationFile: 'c.conf',
    host: '0.0.0.0',
    grpcPort: 0,
    mqttPort: 1,
    sshPort: 2,
    netconfPort: 3,
    controlPort: 65535,
    readyFile: 'r.json',
  })
})

test('without flags the configuration decides, and the directory comes from the environment', () => {
  expect(readArguments(['up'], { HANGAR_DIR: '/d' })).toEqual({ command: 'up', directory: '/d', host: '127.0.0.1' })
})

test('hangar cli takes commands, in their order', () => {
  expect(read('cli', '-c', 'show version', '-c', 'show system commit')).toMatchObject({
    commands: ['show version', 'show system commit'],
  })
})

test.each([
  [['upp'], "unknown command 'upp'"],
  [['up', '--nonsense'], "Unknown option '--nonsense'"],
  [['up', 'extra'], "Unexpected argument 'extra'"],
  [['up', '--grpc-port', '65536'], "--grpc-port: '65536' is not a port"],
  [['up', '--grpc-port', 'x'], "--grpc-port: 'x' is not a port"],
  [['cli', '-x'], "Unknown option '-x'"],
])('%j is refused in one line', (words, message) => {
  expect(() => read(...words)).toThrow(message)
})

test('whatever the words are, they are understood or refused with HGR_USAGE', () => {
  fc.assert(
    fc.property(fc.array(fc.oneof(fc.string(), fc.constantFrom('up', 'cli', '--dir', '-c', '--ssh-port'))), words => {
      try {
        read(...words)
      } catch (error) {
        expect(error).toBeInstanceOf(HangarError)
        expect((error as HangarError).code).toBe('HGR_USAGE')
        expect((error as HangarError).message).not.toContain('\n')
      }
    }),
  )
})
