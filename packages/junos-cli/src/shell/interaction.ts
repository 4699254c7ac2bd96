/** How a command that runs talks with whoever sits at the other end. */
export interface Interaction {
  /** An answer to a question; undefined when nobody answers. */
  ask(question: string): Promise<string | undefined>
  /** A line that isn't echoed; undefined when nobody answers. */
  secret(prompt: string): Promise<string | undefined>
  /** Lines until ^D or the end of the input; undefined when it was broken off. */
  text(): Promise<string | undefined>
  /** The terminal's size now. */
  size(): { readonly columns: number; readonly rows: number }
}
