import type { OperationalCommand } from '@hangar/junos-cli'
import { children, element, textOf } from '@hangar/xml'
import { type CommitRecord, formatTime } from '../database/revision.ts'

/** The commits whose configurations are kept, newest first. */
export function showSystemCommit(records: () => readonly CommitRecord[]): OperationalCommand {
  return {
    words: [
      { name: 'show', help: 'Show system information' },
      { name: 'system', help: 'Show system information' },
      { name: 'commit', help: 'Show commit status' },
    ],
    rpc: 'get-commit-information',
    run: () =>
      element(
        'commit-information',
        records().map((record, n) =>
          element('commit-history', [
            element('sequence-number', n),
            element('user', record.user),
            element('client', record.via),
            element('date-time', formatTime(record.time)),
            record.confirmMinutes === undefined
              ? undefined
              : element('comment', `commit confirmed, rollback in ${record.confirmMinutes}mins`),
            record.comment === undefined ? undefined : element('log', record.comment),
          ]),
        ),
      ),
    text: data =>
      children(data, 'commit-history')
        .map(one => {
          const origin = `${textOf(one, 'date-time')} by ${textOf(one, 'user')} via ${textOf(one, 'client')}`
          const line = `${`${textOf(one, 'sequence-number').padEnd(4)}${origin} ${textOf(one, 'comment')}`.trimEnd()}\n`
          const log = textOf(one, 'log')
          return log === '' ? line : `${line}    ${log}\n`
        })
        .join(''),
  }
}
