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

/** Counts by labels. The labels must come from our own tables, so that nobody outside can make them grow. */
export function createCounter(name: string, help: string) {
  const samples = new Map<string, { labels: Readonly<Record<string, string>>; value: number }>()
  return {
    add(labels: Readonly<Record<string, string>>, value = 1) {
      const key = Object.values(labels).join('\0')
      const sample = samples.get(key)
      if (sample) sample.value += value
      else samples.set(key, { labels, value })
    },
    render: () => metric(name, 'counter', help, [...samples.values()]),
  }
}
