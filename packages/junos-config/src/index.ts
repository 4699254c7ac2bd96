export { type Completion, type CompletionMode, type Completions, complete } from './complete.ts'
export { completeChange } from './complete-change.ts'
export { compareText } from './diff/compare.ts'
export { diff } from './diff/diff.ts'
export { patchElement } from './diff/patch.ts'
export { patchJson } from './diff/patch-json.ts'
export { configurationJson } from './format/json.ts'
export { editPathText } from './format/level.ts'
export { formatSet } from './format/set.ts'
export { formatTargetSet, formatTargetText } from './format/target.ts'
export { formatText, type Remarks, textLines } from './format/text.ts'
export { configurationElement, configurationXml } from './format/xml.ts'
export { inherit } from './inherit.ts'
export { Origins } from './origins.ts'
export { type Format, formatOf, type LoadAction, type LoadOptions, load } from './parse/action.ts'
export { type ConfigurationElement, type ElementOptions, keysIn, loadElements } from './parse/elements.ts'
export { loadJson } from './parse/json.ts'
export { formatLoadError, type LoadError, type Loaded, type LoadWarning } from './parse/load.ts'
export { loadPatch } from './parse/patch.ts'
export { detectFormat, loadSet } from './parse/set.ts'
export { loadText, type TextOptions } from './parse/text.ts'
export { loadXml } from './parse/xml.ts'
export { keySchemas } from './schema/keys.ts'
export type {
  BranchSchema,
  ContainerSchema,
  KeySchema,
  LeafListSchema,
  LeafSchema,
  ListSchema,
  SchemaNode,
} from './schema/node.ts'
export { isGrouped } from './schema/node.ts'
export { rootSchema } from './schema/root.ts'
export {
  type Applied,
  appliedWarning,
  applyChange,
  applySet,
  type Change,
  isChangeVerb,
  readChange,
} from './statement/command.ts'
export { caretColumn, cliMessage, type Fault } from './statement/fault.ts'
export {
  type ReadOptions,
  type Resolved,
  readEditPath,
  readSet,
  readTarget,
  type SetStatement,
} from './statement/statement.ts'
export { asWords, quote, splitWords, type Word, type Words } from './statement/words.ts'
export { findBranch, TreeEdit } from './tree/edit.ts'
export {
  type Branch,
  emptyBranch,
  type Leaf,
  type LeafList,
  type List,
  orderedChildren,
  orderedEntries,
  type TreeNode,
} from './tree/node.ts'
export { interfaceCompare, naturalCompare } from './tree/order.ts'
export { type Step, stepWords, type Target } from './tree/path.ts'
export { emptyRoot, viewOf } from './tree/tree.ts'
export { ConfigView } from './tree/view.ts'
export { isPlaceless, type Problem, problemLines, refusalLine } from './validate/problem.ts'
export { validate } from './validate/validate.ts'
export type { Choice, Reference, ValueType } from './values/value.ts'
