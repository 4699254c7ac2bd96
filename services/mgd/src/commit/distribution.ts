import { CommitFailed, type ConfigurationProblem } from '@hangar/junos-cli'
import type { Logger } from '@hangar/runtime'
import type { Partner, Version } from './partner.ts'

/** Daemons that agreed to a version, and their transactions. */
type Agreed = readonly { readonly partner: Partner; readonly transaction: string }[]

/**
 * First phase: every daemon whose part changed says what it thinks. Throws `CommitFailed` when one says no or does not answer; then
 * nothing has changed anywhere. Warnings are for the user.
 */
export async function checkAll(
  partners: readonly Partner[],
  next: Version,
): Promise<{ agreed: Agreed; warnings: readonly ConfigurationProblem[] }> {
  const asked = partners.flatMap(partner => {
    const lines = partner.delta(next.tree)
    return lines ? [{ partner, lines }] : []
  })
  const answers = await Promise.all(
    asked.map(async ({ partner, lines }) => ({ partner, checked: await partner.check(next, lines) })),
  )
  const agreed: { partner: Partner; transaction: string }[] = []
  const problems: ConfigurationProblem[] = []
  for (const { partner, checked } of answers) {
    if (checked.kind === 'down') partner.held = undefined
    else if (checked.kind === 'failed') problems.push({ warning: false, path: '', message: checked.message })
    else {
      problems.push(...checked.problems)
      agreed.push({ partner, transaction: checked.transaction })
    }
  }
  if (problems.some(problem => !problem.warning)) throw new CommitFailed(problems)
  return { agreed, warnings: problems }
}

/** Second phase: it is so. What a daemon could not do comes out as warnings; one that failed is told everything again later. */
export async function applyAll(agreed: Agreed, next: Version, log: Logger): Promise<readonly ConfigurationProblem[]> {
  const results = await Promise.all(
    agreed.map(async ({ partner, transaction }) => {
      const problems = await partner.apply(next, transaction)
      if (problems) return problems.map(problem => ({ ...problem, warning: true }))
      log.error({ daemon: partner.daemon }, 'did not apply the configuration; it is told again')
      return []
    }),
  )
  return results.flat()
}
