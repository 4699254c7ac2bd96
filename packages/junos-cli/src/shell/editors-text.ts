import type { CandidateMode, Editor } from '../configuration-session.ts'

/** Who else is there; nothing when nobody is. */
export function editingText(editors: readonly Editor[], now: number): string {
  return editors.length === 0 ? '' : `Users currently editing the configuration:\n${editorsText(editors, now)}`
}

/** The lines on users in configuration mode, as `configure`, `status` and lock errors print them; ends in "\n". */
export function editorsText(editors: readonly Editor[], now: number): string {
  return editors.map(editor => editorText(editor, now)).join('')
}

function editorText({ user, terminal, pid, since, lastActive, mode, path }: Editor, now: number): string {
  const at = terminal === '' ? '' : ` terminal ${terminal}`
  const idle = now - lastActive
  const idleText = idle < 60_000 ? '' : `, idle ${durationText(idle)}`
  return `  ${user}${at} (pid ${pid}) on since ${timeText(since)}${idleText}\n      ${modeText(mode)}${bannerOf(path)}\n`
}

function modeText(mode: CandidateMode): string {
  return mode === 'shared' ? '' : `${mode} `
}

/** "[edit interfaces xe-0/0/0]" */
export function bannerOf(path: readonly string[]): string {
  return `[${['edit', ...path].join(' ')}]`
}

/** "2026-01-01 00:00:00 UTC" */
export function timeText(time: number): string {
  return `${new Date(time).toISOString().slice(0, 19).replace('T', ' ')} UTC`
}

/** "00:01:53", "2d 03:15", "129w0d 16:28" */
export function durationText(ms: number): string {
  const seconds = Math.floor(ms / 1000)
  const days = Math.floor(seconds / 86_400)
  const two = (value: number) => String(value).padStart(2, '0')
  const clock = `${two(Math.floor(seconds / 3600) % 24)}:${two(Math.floor(seconds / 60) % 60)}`
  if (days === 0) return `${clock}:${two(seconds % 60)}`
  return days < 7 ? `${days}d ${clock}` : `${Math.floor(days / 7)}w${days % 7}d ${clock}`
}
