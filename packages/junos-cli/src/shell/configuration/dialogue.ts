import { CommandError } from '../../command.ts'
import type { Dialogue } from '../../configuration-session.ts'
import type { Interaction } from '../interaction.ts'

/** A new password, typed twice. */
export function dialogueOf(interaction: Interaction): Dialogue {
  return {
    async newPassword(check) {
      const password = await interaction.secret('New password:')
      if (password === undefined) throw new CommandError('Password not given; aborting')
      const wrong = check?.(password)
      if (wrong !== undefined) throw new CommandError(wrong)
      const again = await interaction.secret('Retype new password:')
      if (again !== password) throw new CommandError('Passwords are not equal; aborting')
      return password
    },
  }
}
