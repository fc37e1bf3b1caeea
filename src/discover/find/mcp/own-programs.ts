// Programs of the project itself that a client starts: a server among them is found where it is written, not where it is
// started. What is started may be what was built of the sources.
import type { Evidence } from '../evidence.ts'

/** What follows these is read before the program, and is not it. */
export const isBefore = (word: string | undefined): boolean =>
  /^(?:-r|--(?:import|require|loader|experimental-loader|env-file|config|tsconfig))$/.test(word ?? '')

/** `dotnet run --project …/Desk.csproj`, `dotnet …/Desk.dll`: the project that is run. */
export function builtOfDotnet(words: readonly string[]): string | undefined {
  if (!/(?:^|[\\/])dotnet(?:\.exe)?$/.test(words[0] ?? '')) return undefined
  const [, name] = words.map((word) => /([\w.-]+)\.(?:(?:cs|fs|vb)proj|dll)$/.exec(word)).find((one) => one) ?? []
  return name
}

const BUILT = /^(?:\.{0,2}\/)*((?:[\w.@-]+\/)*?)(?:bin|dist|build|out|lib)\/(?:src\/)?([\w./-]+)\.[cm]?js$/

/** Whether the sources of that program stand in the project. */
export function isBuiltHere(script: string | undefined, built: string | undefined, { project }: Evidence): boolean {
  if (built !== undefined)
    return project.files.some(({ file }) => {
      const [, path] = /^(.*)\.(?:cs|fs|vb)proj$/.exec(file) ?? []
      return path !== undefined && `/${path}`.endsWith(`/${built}`)
    })
  const [, before = '', rest] = BUILT.exec(script ?? '') ?? []
  return (
    rest !== undefined &&
    project.units.some(
      ({ file }) =>
        /\.[cm]?tsx?$/.test(file) &&
        (`/${file}`.includes(`/${before}src/${rest}.`) || file.startsWith(`${before}${rest}.`)),
    )
  )
}
