// What is bundled into the one file that auditors get: `node verify.mjs FILE --key KEY`, or an import in a browser.
import { runVerify } from './command.ts'

export * from '../verify.ts'

if (typeof process !== 'undefined' && process.argv[1]) {
  const { existsSync, realpathSync } = await import('node:fs')
  const { fileURLToPath } = await import('node:url')
  const asked = process.argv[1]
  if (existsSync(asked) && realpathSync(asked) === realpathSync(fileURLToPath(import.meta.url)))
    process.exitCode = await runVerify(process.argv.slice(2), (text) => process.stdout.write(text))
}
