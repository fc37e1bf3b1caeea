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

interface Counted {
  labels: Readonly<Record<string, string>>
  value: number
}

interface Branch {
  next: Map<string, Branch>
  sample: Counted | undefined
}

/** Counts by labels. Their texts must come from our own tables, so that nobody outside can make them grow. */
export function createCounter<const L extends readonly string[]>(name: string, help: string, labels: L) {
  type Texts = { readonly [I in keyof L]: string }
  const samples: Counted[] = []
  const first: Branch = { next: new Map(), sample: undefined }

  /** From text to text: putting them together would cost more than all of the counting. */
  function of(...texts: Texts): Counted {
    let at = first
    for (const text of texts) {
      let next = at.next.get(text)
      if (next === undefined) at.next.set(text, (next = { next: new Map(), sample: undefined }))
      at = next
    }
    if (at.sample === undefined) {
      at.sample = { labels: Object.fromEntries(labels.map((label, i) => [label, texts[i] ?? ''])), value: 0 }
      samples.push(at.sample)
    }
    return at.sample
  }

  return {
    /** What is counted under these texts, in the order of the labels. */
    of,
    add(value: number, ...texts: Texts): void {
      of(...texts).value += value
    },
    render: () => metric(name, 'counter', help, samples),
  }
}
