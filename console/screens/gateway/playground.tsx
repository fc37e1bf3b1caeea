// A prompt through the real gateway, without a key: the answer as it comes, what each side of the guards saw, and why.
import { useQuery } from '@tanstack/react-query'
import { FlaskConical, Send, Square } from 'lucide-react'
import { type FormEvent, useEffect, useId, useRef, useState } from 'react'
import { hear, read } from '../../api.ts'
import { toTitleOfId } from '../../lib/format.ts'
import { useMay } from '../../session.ts'
import { Button } from '../../ui/button.tsx'
import { Check, SelectField, TextArea, TextField } from '../../ui/field.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { Card, Page } from '../../ui/page.tsx'
import { EmptyState, Problem } from '../../ui/states.tsx'
import { BaseUrl } from './base-url.tsx'
import { type Draft, EXAMPLES } from './examples.ts'
import { type Result, TryResult } from './try-result.tsx'

const BLANK: Draft = { system: '', prompt: '', document: '' }
const DEMO = 'demo/assistant'

export function Playground() {
  const may = useMay()
  const routes = useQuery(read('/api/gateway/routes'))
  return (
    <Page
      title="Playground"
      lead="Send a prompt through the gateway and see what each guard does with it. It needs no key, and is counted and recorded like any call."
    >
      {may('call:write') ? (
        <Loaded query={routes}>{({ items }) => <Bench routes={items} />}</Loaded>
      ) : (
        <EmptyState icon={FlaskConical} title="Your role may not send prompts">
          Calls cost money, so trying needs the permission call:write. Ask an owner for another role.
        </EmptyState>
      )}
    </Page>
  )
}

interface Route {
  id: string
  models: string[]
  guards: { id: string; mode: string }[]
}

function Bench({ routes }: { routes: readonly Route[] }) {
  const [draft, setDraft] = useState(BLANK)
  const [route, setRoute] = useState('')
  const [model, setModel] = useState(() => firstModel(routes))
  const [strict, setStrict] = useState(false)
  const { state, run, stop } = useTry()
  const observed = routes
    .filter(({ id, models }) => (route === '' ? models.some((one) => fits(one, model)) : id === route))
    .flatMap(({ guards }) => guards.filter(({ mode }) => mode === 'observe').map(({ id }) => id))
  const enforce = strict ? [...new Set(observed)] : []
  const send = (what: Draft) =>
    void run({
      model,
      ...(route === '' ? {} : { route }),
      ...(enforce.length === 0 ? {} : { enforce }),
      prompt: what.prompt,
      ...(what.system === '' ? {} : { system: what.system }),
      ...(what.document === '' ? {} : { document: what.document }),
    })
  const change = (part: keyof Draft) => (event: { target: { value: string } }) =>
    setDraft({ ...draft, [part]: event.target.value })
  return (
    <div className="grid items-start gap-6 lg:grid-cols-[minmax(0,24rem)_minmax(0,1fr)]">
      <div className="grid gap-5">
        <div role="group" aria-label="Examples" className="flex flex-wrap gap-2">
          {EXAMPLES.map(({ name, about, ...example }) => (
            <Button
              key={name}
              small
              title={about}
              disabled={state.is === 'asking'}
              onClick={() => {
                setDraft(example)
                send(example)
              }}
            >
              {name}
            </Button>
          ))}
        </div>
        <form
          className="grid gap-4"
          onSubmit={(event: FormEvent) => {
            event.preventDefault()
            send(draft)
          }}
        >
          <ModelFields routes={routes} route={route} setRoute={setRoute} model={model} setModel={setModel} />
          <TextArea
            label="System prompt"
            value={draft.system}
            onChange={change('system')}
            placeholder="You are a helpful assistant."
          />
          <TextArea label="Prompt" required rows={4} value={draft.prompt} onChange={change('prompt')} />
          <TextArea
            label="Document"
            rows={4}
            value={draft.document}
            onChange={change('document')}
            hint="As if a tool had fetched it: words of nobody we trust."
          />
          <Check
            label="Enforce what is only observed"
            hint={
              observed.length > 0 ? [...new Set(observed)].map(toTitleOfId).join(', ') : 'Every guard on it enforces.'
            }
            checked={strict}
            onChange={() => setStrict(!strict)}
          />
          <div className="flex gap-2">
            <Button type="submit" variant="primary" icon={Send} busy={state.is === 'asking'}>
              Send
            </Button>
            {state.is === 'asking' && (
              <Button icon={Square} onClick={stop}>
                Stop
              </Button>
            )}
          </div>
        </form>
      </div>
      <div className="min-w-0" aria-live="polite" aria-busy={state.is === 'asking'}>
        {state.is === 'idle' && <Idle />}
        {state.is === 'asking' && <Answering text={state.text} />}
        {state.is === 'failed' && <Problem error={state.error} />}
        {state.is === 'done' && <TryResult result={state.result} />}
      </div>
    </div>
  )
}

interface ModelFieldsProps {
  routes: readonly Route[]
  route: string
  setRoute: (route: string) => void
  model: string
  setModel: (model: string) => void
}

function ModelFields({ routes, route, setRoute, model, setModel }: ModelFieldsProps) {
  const list = useId()
  const names = routes
    .filter(({ id }) => route === '' || id === route)
    .flatMap(({ models }) => models.filter((name) => !name.includes('*')))
  return (
    <div className="grid gap-4 sm:grid-cols-2 lg:grid-cols-1 xl:grid-cols-2">
      <SelectField
        label="Route"
        value={route}
        options={[{ value: '', label: 'By model' }, ...routes.map(({ id }) => ({ value: id, label: id }))]}
        onChange={({ target }) => {
          setRoute(target.value)
          const chosen = routes.filter(({ id }) => id === target.value)
          if (chosen.length > 0) setModel(firstModel(chosen))
        }}
      />
      <TextField
        label="Model"
        required
        list={list}
        value={model}
        onChange={({ target }) => setModel(target.value)}
        autoComplete="off"
        spellCheck={false}
      />
      <datalist id={list}>
        {names.map((name) => (
          <option key={name} value={name}>
            {name}
          </option>
        ))}
      </datalist>
    </div>
  )
}

function Idle() {
  return (
    <div className="rounded-md border border-dashed border-line-strong/60">
      <EmptyState icon={FlaskConical} title="Begin with an example">
        The demo model answers without a provider: a script that obeys whatever it reads, so what a guard lets through,
        it does.
      </EmptyState>
      <div className="border-t border-line px-5 py-4">
        <BaseUrl />
      </div>
    </div>
  )
}

function Answering({ text }: { text: string }) {
  return (
    <Card>
      <h2 className="mb-2 text-sm font-medium">The answer, as the client gets it</h2>
      <p className="min-h-12 text-sm break-words whitespace-pre-wrap">
        {text === '' ? 'Waiting for the model…' : text}
      </p>
    </Card>
  )
}

type State =
  | { is: 'idle' }
  | { is: 'asking'; text: string }
  | { is: 'failed'; error: unknown }
  | { is: 'done'; result: Result }

function useTry() {
  const [state, setState] = useState<State>({ is: 'idle' })
  const leaving = useRef<AbortController>(undefined)
  useEffect(() => () => leaving.current?.abort(), [])
  async function run(body: {
    model: string
    prompt: string
    system?: string
    document?: string
    route?: string
    enforce?: string[]
  }) {
    leaving.current?.abort()
    const own = new AbortController()
    leaving.current = own
    let text = ''
    setState({ is: 'asking', text })
    try {
      const heard = (piece: { text: string }) => {
        text += piece.text
        setState({ is: 'asking', text })
      }
      setState({ is: 'done', result: await hear('/api/gateway/try', { body }, heard, own.signal) })
    } catch (error) {
      setState(own.signal.aborted ? { is: 'idle' } : { is: 'failed', error })
    }
  }
  return { state, run, stop: () => leaving.current?.abort() }
}

function firstModel(routes: readonly Route[]): string {
  const names = routes.flatMap(({ models }) => models)
  return names.find((name) => name === DEMO) ?? names.find((name) => !name.includes('*')) ?? names[0] ?? ''
}

/** A star stands for any characters. */
function fits(pattern: string, name: string): boolean {
  const letters = pattern.split('*').map((piece) => piece.replaceAll(/[$()*+.?[\\\]^{|}]/g, String.raw`\$&`))
  return new RegExp(`^${letters.join('.*')}$`).test(name)
}
