import { type Candidate, type ConfigurationPlace, ConfigurationSyntaxError } from '@hangar/junos-cli'
import {
  asWords,
  type Branch,
  cliMessage,
  emptyBranch,
  type Fault,
  findBranch,
  readEditPath,
  readTarget,
  rootSchema,
  type Step,
  type Target,
} from '@hangar/junos-config'

/** The fault of a line as the CLI takes it. */
export function syntaxError(fault: Fault): ConfigurationSyntaxError {
  const candidates = (fault.candidates ?? []).map((node): Candidate => ({ name: node.name, help: node.help }))
  return new ConfigurationSyntaxError(cliMessage(fault), fault.word, candidates)
}

/** The steps of an edit path, which is in full words. */
export function stepsOf(path: readonly string[]): readonly Step[] {
  const read = readEditPath(rootSchema, asWords(path))
  if (!read.ok) throw syntaxError(read.fault)
  return read.value
}

/** What the words refer to. */
export function targetOf({ path, words }: ConfigurationPlace): Target {
  const read = readTarget(rootSchema, words, { at: stepsOf(path), abbreviations: true })
  if (!read.ok) throw syntaxError(read.fault)
  return read.value
}

/** The part of a configuration that a target names, as a branch with nothing else in it. */
export function partOf(root: Branch, { steps, member }: Target): { branch: Branch; steps: readonly Step[] } {
  const schema = steps.at(-1)?.schema ?? root.schema
  const branch = findBranch(root, steps) ?? emptyBranch(schema, steps.at(-1)?.keys ?? [])
  if (!member) return { branch, steps }
  const node = branch.children.get(member.schema.name)
  return { branch: { ...branch, children: new Map(node ? [[member.schema.name, node]] : []) }, steps }
}
