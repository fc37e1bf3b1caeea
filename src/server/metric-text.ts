// A metric in the words of Prometheus.
export interface Sample {
  labels?: Readonly<Record<string, string>>
  value: number
}

export function metric(name: string, type: 'counter' | 'gauge', help: string, samples: readonly Sample[]): string {
  const lines = samples.map(({ labels, value }) => {
    const inner = Object.entries(labels ?? {}).map(([key, text]) => `${key}="${text.replace(/["\\\n]/g, '_')}"`)
    return `${name}${inner.length > 0 ? `{${inner.join(',')}}` : ''} ${value}`
  })
  return [`# HELP ${name} ${help}`, `# TYPE ${name} ${type}`, ...lines].join('\n')
}

interface Branch {
  next: Map<string, Branch>
  sample: { labels: Readonly<Record<string, string>>; value: number } | undefined
}

/** Counts by labels. The labels must come from our own tables, so that nobody outside can make them grow. */
export function createCounter(name: string, help: string) {
  const samples: { labels: Readonly<Record<string, string>>; value: number }[] = []
  const first: Branch = { next: new Map(), sample: undefined }
  return {
    /** From value to value: putting them together would cost more than all of the counting. */
    add(labels: Readonly<Record<string, string>>, value = 1) {
      let at = first
      for (const text of Object.values(labels)) {
        let next = at.next.get(text)
        if (next === undefined) at.next.set(text, (next = { next: new Map(), sample: undefined }))
        at = next
      }
      if (at.sample === undefined) samples.push((at.sample = { labels, value }))
      else at.sample.value += value
    },
    render: () => metric(name, 'counter', help, samples),
  }
}
