// The five kinds of report, and what each must be told.
export const REPORT_WORDS: Readonly<Record<string, { name: string; says: string }>> = {
  dossier: { name: 'System dossier', says: 'All about one system: what it is, what threatens it, what is proven.' },
  'risk-register': { name: 'Risk register', says: 'Every open risk with its owner, its controls and its decision.' },
  'control-statement': { name: 'Control statement', says: 'Every control with where it stands and why.' },
  'supplier-assurance': { name: 'Supplier assurance', says: 'Who must see to what, and what suppliers answered.' },
  'framework-statement': { name: 'Framework statement', says: 'Every item of a framework with what answers it.' },
}
