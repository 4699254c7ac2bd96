/** What is wrong with a new password; undefined: nothing. */
export function passwordFault(password: string): string | undefined {
  if (password.length < 6) return 'minimum password length is 6'
  if (password.length > 128) return 'maximum password length is 128'
  if (/^([a-z]+|[A-Z]+)$/.test(password)) return 'require change of case, digits or punctuation'
  return undefined
}
