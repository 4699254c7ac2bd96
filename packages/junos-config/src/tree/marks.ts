/** What is said of a statement, beside what it says. */
export interface Marks {
  readonly inactive: boolean
  /** One line, without `/*` around it; never empty. */
  readonly comment?: string | undefined
  /** Nothing in it may be changed. */
  readonly isProtected?: boolean | undefined
}

export const unmarked: Marks = { inactive: false, comment: undefined, isProtected: undefined }

/** A comment as it is kept: what stands around it goes, and its lines become one. Undefined when nothing is left. */
export function commentOf(text: string): string | undefined {
  const inner = /^\s*\/\*([\s\S]*)\*\/\s*$/.exec(text)?.[1] ?? text
  const line = inner.replaceAll('*/', '* /').replaceAll(/\s+/g, ' ').trim()
  return line === '' ? undefined : line
}

/** Whether the marks are there already. */
export function hasMarks(node: Marks, marks: Partial<Marks>): boolean {
  return (
    (!('inactive' in marks) || node.inactive === marks.inactive) &&
    (!('comment' in marks) || node.comment === marks.comment) &&
    (!('isProtected' in marks) || (node.isProtected ?? false) === (marks.isProtected ?? false))
  )
}
