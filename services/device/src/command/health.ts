/** `hangar health`: asks the daemon of this container how it is; 0 when it is well. For health checks, where there is no shell. */
export async function health(url: string): Promise<number> {
  try {
    const response = await fetch(url)
    console.log(await response.text())
    return response.ok ? 0 : 1
  } catch {
    console.log('no answer')
    return 1
  }
}
