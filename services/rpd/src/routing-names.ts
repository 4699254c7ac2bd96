/** The main routing instance's name, as commands and requests have it. */
export const MASTER = 'master'
