// How bad it would be: by what the catalogue says the threat harms, how sensitive the data is, and what the system's
// output can do to people.
import { dataGrade } from './factors.ts'
import { type Grade, highest, ifPossible, type RiskContext } from './risk-context.ts'

export function impactOf(context: RiskContext): Grade {
  const { impactCodes } = context.threat
  const grades = impactCodes.map((code) => HARM[code](context))
  const [first, ...others] = grades
  return first ? highest(first, ...others) : highest(dataGrade(context), behaviour(context))
}

const HARM: Record<RiskContext['threat']['impactCodes'][number], (context: RiskContext) => Grade> = {
  T: (context) =>
    context.values['training'] === 'none'
      ? { level: 'low', because: 'no training data of its own' }
      : leak(context, 'training-data-sensitive', 'sensitive training data'),
  I: (context) => leak(context, 'input-sensitive', 'sensitive input'),
  A: (context) => leak(context, 'augmentation-sensitive', 'sensitive inserted data'),
  P: (context) =>
    highest(
      { level: 'low', because: 'the model is no secret' },
      ...ifPossible(context, 'model-is-ip', 'high', 'the model is valuable'),
    ),
  B: behaviour,
  E: (context) =>
    highest(
      { level: 'medium', because: 'it is not available' },
      ...ifPossible(context, 'physical-safety-impact', 'very-high', 'people rely on it for their safety'),
    ),
}

function leak(context: RiskContext, key: string, what: string): Grade {
  return highest(
    { level: 'low', because: 'nothing sensitive leaks' },
    ...ifPossible(context, key, 'high', what),
    ...ifPossible(context, 'personal-data', 'high', 'personal data'),
    dataGrade(context),
  )
}

function behaviour(context: RiskContext): Grade {
  return highest(
    { level: 'low', because: 'wrong output does little' },
    ...ifPossible(context, 'output-rendered-or-executed', 'medium', 'output is rendered or executed'),
    ...ifPossible(context, 'harmful-output-possible', 'high', 'output itself can harm'),
    ...ifPossible(context, 'triggers-actions', 'high', 'output triggers actions'),
    ...ifPossible(context, 'decides-about-people', 'high', 'it decides about people'),
    ...ifPossible(context, 'physical-safety-impact', 'very-high', 'wrong behaviour can hurt people'),
  )
}
