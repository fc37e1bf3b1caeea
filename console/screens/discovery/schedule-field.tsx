// How often a source is scanned again.
import { SelectField } from '../../ui/field.tsx'

const TIMES = [
  ['', 'Only when somebody asks'],
  ['1', 'Each hour'],
  ['6', 'Each 6 hours'],
  ['24', 'Each day'],
  ['168', 'Each week'],
  ['720', 'Each 30 days'],
] as const

export function ScheduleField({ value, onChange }: { value: string; onChange: (value: string) => void }) {
  const known = TIMES.some(([hours]) => hours === value)
  return (
    <SelectField
      label="Scan it again"
      value={value}
      onChange={(event) => onChange(event.target.value)}
      options={[
        ...TIMES.map(([hours, label]) => ({ value: hours, label })),
        ...(known ? [] : [{ value, label: `Each ${value} hours` }]),
      ]}
    />
  )
}
