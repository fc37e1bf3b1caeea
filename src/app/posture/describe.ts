// The state of a system in one paragraph, for people who read nothing else of it.
import type { Catalog } from '../../catalog/catalog.ts'
import { counted } from '../../lib/counted.ts'
import { LEVELS } from '../../model/risk.ts'
import type { Standing } from './world.ts'

const EXPOSED = {
  isolated: 'reachable by nobody',
  team: 'reachable by one team',
  organisation: 'reachable by the whole organisation',
  partners: 'reachable by partners',
  public: 'open to the public',
}

export function describeSystem(catalog: Catalog, standing: Standing): string {
  return [place(standing), threats(standing), controls(standing), risk(catalog, standing), gaps(standing)]
    .filter((sentence) => sentence !== '')
    .join(' ')
}

function place({ system: { name, environment, exposure, owners }, components }: Standing): string {
  const where = [environment === undefined ? '' : `in ${environment}`, exposure === undefined ? '' : EXPOSED[exposure]]
  const is = where.filter((part) => part !== '').join(' and ')
  const of = components.length === 0 ? '' : `, made of ${counted(components.length, 'component')}`
  const missing = (['business', 'data', 'risk'] as const).filter((role) => owners[role] === undefined)
  const unowned = missing.length === 0 ? '' : ` It has no ${missing.join(', no ')} owner.`
  return `${name} is ${is || 'registered without environment and exposure'}${of}.${unowned}`
}

function threats({ verdicts }: Standing): string {
  const all = [...verdicts.values()]
  const [applies, unknown] = (['applies', 'unknown'] as const).map(
    (wanted) => all.filter((one) => one === wanted).length,
  )
  const more = unknown ? `, and ${unknown} more may until open questions are answered` : ''
  return `${applies} of ${all.length} threats of the catalogue ${applies === 1 ? 'applies' : 'apply'}${more}.`
}

function controls({ overall: { counts } }: Standing): string {
  const needed = counts.proven + counts.partial + counts.stale + counts.missing + counts.failing
  const rest = (['failing', 'stale', 'partial', 'missing'] as const)
    .filter((status) => counts[status] > 0)
    .map((status) => `${counts[status]} ${WORDS[status]}`)
  return `Of the ${counted(needed, 'control')} that it needs, ${counts.proven} ${counts.proven === 1 ? 'is' : 'are'} proven${rest.length > 0 ? `; ${rest.join(', ')}` : ''}.`
}

const WORDS = { failing: 'failing', stale: 'no longer proven', partial: 'proven in part', missing: 'without any proof' }

function risk(catalog: Catalog, { severities, worst, aboveAppetite }: Standing): string {
  if (worst === undefined) return ''
  const [threat] = [...severities].find(([, { proven }]) => proven.severity === worst) ?? []
  const name = catalog.threatsById.get(threat ?? '')?.name ?? threat ?? ''
  const designed = LEVELS.findLast((level) => [...severities.values()].some((one) => one.designed.severity === level))
  const better = designed && designed !== worst ? `, ${words(designed)} if all that was chosen worked` : ''
  const above =
    aboveAppetite.length === 0
      ? 'No risk is above the appetite.'
      : `${counted(aboveAppetite.length, 'risk')} ${aboveAppetite.length === 1 ? 'is' : 'are'} above the appetite.`
  return `The highest risk that is left as proven is ${words(worst)} (${name})${better}. ${above}`
}

function gaps({ conflicts }: Standing): string {
  return conflicts === 0 ? '' : `Sources disagree about ${counted(conflicts, 'fact')}.`
}

const words = (level: string) => level.replace('-', ' ')
