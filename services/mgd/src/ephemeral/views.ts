import { CommandError, type EphemeralViews } from '@hangar/junos-cli'
import type { Branch } from '@hangar/junos-config'
import { changedHead } from '../database/head.ts'
import { TreeView } from '../database/view.ts'
import type { EphemeralDatabase } from './database.ts'

/** The ephemeral configuration as one user sees it. */
export function ephemeralViews(ephemeral: EphemeralDatabase, maySeeSecrets: () => boolean): EphemeralViews {
  const view = (tree: () => Branch, changed: () => number) =>
    new TreeView({
      tree,
      head: () => changedHead(changed()),
      // Nothing of it is kept: there is nothing to go back to or to be compared with.
      rollbacks: { rollback: async () => undefined },
      maySeeSecrets,
    })
  return {
    instance(name) {
      const tree = ephemeral.committed(name)
      if (!tree) throw new CommandError(`ephemeral instance '${name}' is not configured`)
      return view(
        () => tree,
        () => ephemeral.changed(name),
      )
    },
    merged: view(
      () => ephemeral.merged,
      () => ephemeral.lastChanged,
    ),
  }
}
