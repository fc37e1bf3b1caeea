// An import of a module of Node makes all that the module offers, and loads what that needs: `node:fs` brings streams and a
// line editor, `node:crypto` half of the web's. Asked for directly, it gives only what is named, which starts the program in
// two thirds of the time.
import { isBuiltin } from 'node:module'
import { parseSync } from 'oxc-parser'

export function askForBuiltins(code: string): string {
  const { staticImports } = parseSync('chunk.mjs', code).module
  let asked = ''
  let rest = ''
  let last = 0
  for (const { start, end, moduleRequest, entries } of staticImports) {
    if (!isBuiltin(moduleRequest.value) || entries.length === 0) continue
    rest += code.slice(last, start)
    last = end
    const module = `process.getBuiltinModule(${JSON.stringify(moduleRequest.value)})`
    const named = entries.flatMap(({ importName, localName }) =>
      importName.kind === 'Name' ? [`${importName.name}:${localName.value}`] : [],
    )
    if (named.length > 0) asked += `const{${named.join(',')}}=${module};`
    for (const { importName, localName } of entries)
      if (importName.kind !== 'Name') asked += `const ${localName.value}=${module};`
  }
  return asked + rest + code.slice(last)
}
