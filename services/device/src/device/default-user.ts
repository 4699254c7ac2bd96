/** Who may log in out of the box. Written in the README and in the ready line; meant for a device on a developer's desk. */
export const defaultUser = { name: 'jet', password: 'jet123' } as const
