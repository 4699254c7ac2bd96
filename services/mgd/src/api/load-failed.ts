/** Configuration that cannot be loaded. The message has a line for each of the first errors. */
export class LoadFailed extends Error {
  override readonly name = 'LoadFailed'
}
