// `node summary.mjs test:0 lint:1 ...`: adds up every test-results.json that vitest wrote, names what failed, and ends with
// `N passed, N failed`. A step that failed without a failed test counts as one failure, so that nothing hides behind a count.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

const steps = process.argv.slice(2).map(step => step.split(':'))
let passed = 0
let skipped = 0
const failures = []

const projects = ['packages', 'services', 'examples'].flatMap(group =>
  readdirSync(group).map(name => join(group, name)),
)
const reports = [...projects, 'bench', 'e2e'].map(folder => join(folder, 'test-results.json')).filter(existsSync)
for (const report of reports) {
  const { testResults } = JSON.parse(readFileSync(report, 'utf8'))
  for (const { name, status, message, assertionResults } of testResults) {
    passed += assertionResults.filter(test => test.status === 'passed').length
    skipped += assertionResults.filter(test => !['passed', 'failed'].includes(test.status)).length
    const failed = assertionResults.filter(test => test.status === 'failed')
    for (const { fullName, failureMessages } of failed)
      failures.push({ where: dirname(report), what: fullName, why: failureMessages.join('\n') })
    if (status === 'failed' && failed.length === 0)
      failures.push({ where: dirname(report), what: name, why: message || 'the file could not be run' })
  }
}

const tested = {
  test: failures.some(({ where }) => where !== 'e2e'),
  e2e: failures.some(({ where }) => where === 'e2e'),
}
for (const [name, status] of steps)
  if (status !== '0' && !tested[name]) failures.push({ where: name, what: `ended with ${status}`, why: '' })

for (const { where, what, why } of failures)
  console.log(`\nFAILED ${where}: ${what}\n${why.split('\n').slice(0, 12).join('\n')}`)
if (skipped > 0) console.log(`\n${skipped} skipped`)
console.log(`\n${reports.length} reports\n${passed} passed, ${failures.length} failed`)
process.exitCode = failures.length === 0 && passed > 0 ? 0 : 1
