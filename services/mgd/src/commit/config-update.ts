import { type Branch, patchElement, patchJson, viewOf } from '@hangar/junos-config'
import { renderXml } from '@hangar/xml'

/**
 * What a commit says of itself to programs: the change as an edit, where `system commit notification` stands and something changed.
 * Both as typed, so that groups are told as groups.
 */
export function commitPatch(before: Branch, after: Branch, effective: Branch): string | undefined {
  const notification = viewOf(effective).at('system', 'commit', 'notification')
  if (!notification.exists) return undefined
  const patch = patchElement(before, after)
  if (!patch) return undefined
  return notification.leaf('configuration-diff-format') === 'json' ? patchJson(patch) : renderXml(patch)
}
