// `parapet catalog diff OLD NEW`: what a newer catalogue brings and takes, before it is put to work. Takes the place of
// the operation of that name, since it also reads packs from folders of this machine.
import type { CatalogDiff } from '../../catalog/diff.ts'
import { EXIT } from '../fail.ts'
import type { Io } from '../io.ts'
import { cell } from '../show/cell.ts'
import { fit, oneLine, pad, paint, safeJson } from '../show/text.ts'
import { defineVerb, JSON_FLAG } from '../verb.ts'

export const catalogDiff = defineVerb({
  name: 'catalog diff',
  about: 'Compares two versions of the catalogue',
  arguments: [
    { name: 'old', about: 'a version that comes with Parapet, or the folder of a pack' },
    { name: 'new', about: 'the same; the newest built-in version unless given', optional: true },
  ],
  flags: () => [{ name: 'exit-code', about: 'exit with 1 when they differ' }, JSON_FLAG],
  async run({ args, flags, io }) {
    const [{ diffCatalogs }, { loadPack }, { loadBuiltIn }] = await Promise.all([
      import('../../catalog/diff.ts'),
      import('../../catalog/load-pack.ts'),
      import('../../catalog/built-in.ts'),
    ])
    const [older = '', newer] = args
    const diff = diffCatalogs(loadPack(older), newer === undefined ? loadBuiltIn() : loadPack(newer))
    io.out(flags['json'] ? `${safeJson(diff, 2)}\n` : shown(diff, io))
    return flags['exit-code'] && !diff.same ? EXIT.findings : EXIT.good
  },
})

const NAMES = 12

function shown(diff: CatalogDiff, io: Io): string {
  const ink = paint(io.colour)
  const line = (mark: string, kind: string, text: string) =>
    `${fit(`${mark} ${pad(kind, NAMES)}${oneLine(text)}`, io.width)}\n`
  const { added, removed, renamed, changed, links } = diff
  const counts = [
    [added, 'added'],
    [removed, 'removed'],
    [renamed, 'renamed'],
    [changed, 'changed'],
    [links.added, 'links came'],
    [links.removed, 'links went'],
  ] as const
  return [
    `${ink.bold(`${oneLine(diff.old.name)} → ${oneLine(diff.new.name)}`)}\n`,
    diff.same
      ? 'no difference\n'
      : `${counts
          .filter(([list]) => list.length > 0)
          .map(([list, what]) => `${list.length} ${what}`)
          .join(', ')}\n\n`,
    ...added.map(({ kind, id, name }) => ink.green(line('+', kind, `${id}  ${name}`))),
    ...removed.map(({ kind, id, name }) => ink.red(line('-', kind, `${id}  ${name}`))),
    ...renamed.map(({ kind, id, renamedTo }) => line('>', kind, `${id} is now ${renamedTo.join(', ')}`)),
    ...changed.flatMap(({ kind, id, name, fields }) => {
      const parts = fields.map(({ path, before, after }) => line(' ', '', `${path}: ${cell(before)} → ${cell(after)}`))
      return [line('~', kind, `${id}  ${name}`), parts.join('')]
    }),
    ...links.added.map(({ threat, control }) => ink.green(line('+', 'link', `${threat} → ${control}`))),
    ...links.removed.map(({ threat, control }) => ink.red(line('-', 'link', `${threat} → ${control}`))),
  ].join('')
}
