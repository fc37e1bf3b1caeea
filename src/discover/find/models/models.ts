// Models. A name counts where it is used or offered: assigned, configured, given to a call. It does not count where it is
// only asked about, priced, measured or described.
import { isDocumentation } from '../../classify.ts'
import type { Expr, Unit } from '../../syntax/expr.ts'
import { asksDirectly } from './direct.ts'
import { implicit } from './implicit-models.ts'
import { libraryModel } from './library-models.ts'
import { mergeSpellings } from './merge-spellings.ts'
import type { Evidence } from '../evidence.ts'
import { visitUnit } from '../visit.ts'
import { commanded, literal } from './written.ts'
import { slots } from './calls-told.ts'
import { setting } from './settings.ts'
import { constant } from './constants.ts'

const LOOKED_AT: ReadonlySet<Expr['kind']> = new Set(['text', 'join', 'call', 'member', 'name', 'map'])

export function findModels(evidence: Evidence) {
  const { project } = evidence
  for (const unit of project.units) {
    if (isDocumentation(unit.file) || isLocale(unit.file) || onlyCounts(unit, evidence)) continue
    const ai = evidence.usesAi(unit)
    visitUnit(
      unit,
      (expr, around) => {
        if (expr.kind === 'text') literal(expr.value, expr.line, around, ai, evidence)
        else if (expr.kind === 'join') commanded(expr, around, evidence)
        else if (expr.kind === 'call') {
          slots(expr, around, ai, evidence)
          implicit(expr, around, evidence)
          libraryModel(expr, around, evidence)
        } else if (expr.kind === 'member' || expr.kind === 'name') constant(expr, around, ai, evidence)
        else if (expr.kind === 'map') setting(expr, around, ai, evidence)
      },
      LOOKED_AT,
    )
  }
  mergeSpellings(evidence)
}

/** A file that counts tokens asks a model for nothing, unless it asks a provider without a library or by another file. */
function onlyCounts(unit: Unit, evidence: Evidence): boolean {
  const packages = evidence.packages(unit)
  if (packages.length === 0 || !packages.every(({ pack }) => /^(?:js-)?tiktoken$/.test(pack.name))) return false
  const { project } = evidence
  const others = [...project.index(unit).imports.values()].flatMap(({ module }) => project.unitsOf(unit, module))
  return ![unit, ...others].some((one) => asksDirectly(one) || (one !== unit && evidence.packages(one).length > 0))
}

/** Words for people, prices, what a migration once changed, and what earlier runs wrote down. */
const isLocale = (file: string) =>
  /(?:^|\/)(?:db|database)\/(?:post_)?migrat(?:e|ions)\/[^/]+\.(?:rb|php)$/.test(file) ||
  /(?:^|\/)(?:messages|langs?|locales?)(?:[-_][^/]*)?\/|pricing|token[_-]?(?:limits?|count(?:er|ing)?)|tokeni[sz]er|model_prices/i.test(
    file,
  ) ||
  /(?:^|\/)(?:\w*[_-])?(?:results?|outputs?|logs?|runs|reports?)\/.*\.(?:json|ya?ml)$/i.test(file)
