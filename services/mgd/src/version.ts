/** What the device calls itself. The release is that of the Junos whose configuration model and command output it follows. */
export const release = '23.4R1'
export const softwareVersion = '23.4R1.10'
export const model = 'vmx'
export const hangarVersion = '0.1.0'
