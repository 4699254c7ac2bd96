import { quote } from '../statement/words.ts'
import { findBranch } from '../tree/edit.ts'
import type { Branch, TreeNode } from '../tree/node.ts'
import { stepWords, type Target } from '../tree/path.ts'
import { formatSet, setLinesOf } from './set.ts'
import { memberLines, type Remarks, textLines } from './text.ts'

/** What `show <path>` prints: the contents of a level, or a statement itself. No lines when it isn't configured. */
export function formatTargetText(root: Branch, target: Target, remarks?: Remarks): string[] {
  const found = findTarget(root, target)
  if (!found) return []
  return found.member ? memberLines(found.member, '', '', remarks) : textLines(found.branch, '', remarks)
}

/** The same with `| display set`: complete commands, from the top. */
export function formatTargetSet(root: Branch, target: Target): string[] {
  const found = findTarget(root, target)
  if (!found) return []
  const path = stepWords(target.steps)
  return found.member ? setLinesOf(found.member, path.map(quote).join(' ')) : formatSet(found.branch, path)
}

function findTarget(root: Branch, { steps, member }: Target): { branch: Branch; member?: TreeNode } | undefined {
  const branch = findBranch(root, steps)
  if (!branch || !member) return branch && { branch }
  const node = branch.children.get(member.schema.name)
  return node && { branch, member: node }
}
