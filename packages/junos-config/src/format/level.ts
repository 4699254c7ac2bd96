import { quote } from '../statement/words.ts'
import { type Step, stepWords } from '../tree/path.ts'

/** A hierarchy level as banners and errors show it: `[edit]`, `[edit interfaces xe-0/0/0 unit 0]`. */
export function editPathText(steps: readonly Step[]): string {
  return `[${['edit', ...stepWords(steps).map(quote)].join(' ')}]`
}
