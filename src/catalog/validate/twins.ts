// For tests: how to break each law of a pack, one mistake at a time, the way an editor would make it.
import type { Expression } from '../expression.ts'
import type { Framework, PackFile } from '../schema/files.ts'
import { byId, type Files, first } from './sabotage.ts'

interface Twin {
  /** Damages a copy of the pack. */
  readonly spoil: (files: Files) => unknown
  /** Where the law must then point. */
  readonly path: RegExp
}

const when =
  (expression: Expression, threat = 'evasion') =>
  ({ threats }: Files) =>
    (byId(threats.threats, threat).appliesWhen = expression)

const measure = ({ controls }: PackFile<'controls.json'>, id: string) => first(byId(controls, id).measures)
const item = (frameworks: Files['frameworks'], framework: string, id: string) =>
  byId(list(frameworks, framework).items, id)
const question = (files: Files) => first(files['risk-analysis'].decisionTree)

const imply = (files: Files, facts: Record<string, boolean>) =>
  Reflect.set(first(files['risk-analysis'].implications), 'then', facts)

function list(frameworks: Files['frameworks'], id: string): Framework {
  const framework = frameworks[id]
  if (!framework) throw new Error(`the test names ${id}, which is not in the pack`)
  return framework
}

export const TWINS: Record<string, readonly Twin[]> = {
  'index-files': [
    { spoil: ({ index }) => index.files.splice(index.files.indexOf('frameworks/dsit.json'), 1), path: /files/ },
    { spoil: ({ index }) => index.files.push('threats.json'), path: /files/ },
    { spoil: ({ index }) => index.files.push('frameworks/none.json'), path: /files/ },
  ],
  'index-counts': [
    { spoil: ({ index }) => (index.counts.controls += 1), path: /counts\.controls/ },
    { spoil: ({ index }) => (index.counts.threats.variant -= 1), path: /counts\.threats\.variant/ },
    { spoil: ({ index }) => delete index.counts.frameworks['dsit'], path: /counts\.frameworks\.dsit/ },
  ],
  'machine-paths': [{ spoil: ({ threats }) => (first(threats.threats).note = 'see /home/me/notes'), path: /threats/ }],
  history: [
    { spoil: ({ history }) => (first(history.retired).renamedTo = ['dev-securty']), path: /renamedTo/ },
    { spoil: ({ history }) => (first(history.retired).id = 'dev-security'), path: /retired\[control dev-security\]/ },
    { spoil: ({ history }) => (first(history.retired).until = '2023-01'), path: /until/ },
    { spoil: ({ history }) => (first(history.retired).until = '2027-01'), path: /until/ },
    { spoil: ({ history }) => history.since['2024-01']?.threat?.push('no-threat'), path: /since\.2024-01\.threat/ },
    { spoil: ({ history }) => (history.since = { '2026-11': {} }), path: /since\.2026-11/ },
    { spoil: ({ history }) => history.retired.shift(), path: /retired/ },
  ],
  names: [
    { spoil: ({ controls }) => (byId(controls.controls, 'rate-limit').id = 'evasion'), path: /evasion/ },
    { spoil: (files) => (byId(files['risk-analysis'].facts, 'model-kind').id = 'rate-limit'), path: /rate-limit/ },
  ],
  'threat-ids': [{ spoil: ({ threats }) => threats.threats.push(byId(threats.threats, 'evasion')), path: /evasion/ }],
  'threat-parents': [
    { spoil: ({ threats }) => (byId(threats.threats, 'evasion').parent = 'no-threat'), path: /evasion.*parent/ },
    {
      spoil: ({ threats }) => (byId(threats.threats, 'input-threats').parent = 'zero-knowledge-evasion'),
      path: /parent/,
    },
  ],
  'threat-terms': [
    { spoil: ({ threats }) => threats.enums.kind.splice(0, 1), path: /kind/ },
    { spoil: ({ threats }) => threats.enums.attackSurface.splice(0, 1), path: /attackSurface/ },
    { spoil: ({ threats }) => Reflect.deleteProperty(threats.enums.impactCodes, 'B'), path: /impactCodes/ },
  ],
  'threat-assets': [
    { spoil: ({ threats }) => byId(threats.threats, 'evasion').assets.push('model-behavior'), path: /evasion.*assets/ },
    {
      spoil: ({ threats }) => (first(byId(threats.threats, 'evasion').impact).asset = 'nothing'),
      path: /evasion.*impact/,
    },
  ],
  'threat-complete': [
    { spoil: ({ threats }) => (byId(threats.threats, 'evasion').appliesWhen = null), path: /appliesWhen/ },
    { spoil: ({ threats }) => (byId(threats.threats, 'evasion').controls = []), path: /controls/ },
    { spoil: ({ threats }) => (byId(threats.threats, 'evasion').summary = 'short'), path: /summary/ },
  ],
  'threat-conditions': [
    { spoil: when({ fact: 'no-fact', is: true }), path: /appliesWhen/ },
    { spoil: when({ all: [{ always: true }, { fact: 'model-kind', in: ['gpt'] }] }), path: /all\[1\]/ },
    { spoil: when({ any: [{ fact: 'model-kind', is: true }] }), path: /any\[0\]/ },
    { spoil: when({ not: { fact: 'augmentation-kinds', has: 'vectors' } }), path: /not/ },
    { spoil: when({ fact: 'augments-input', in: ['true'] }), path: /appliesWhen/ },
  ],
  'threat-controls': [
    { spoil: ({ threats }) => byId(threats.threats, 'evasion').controls.push('no-control'), path: /evasion.*controls/ },
    { spoil: ({ threats }) => byId(threats.threats, 'evasion').controls.push('agent-sandboxing'), path: /evasion/ },
    { spoil: ({ threats }) => byId(threats.threats, 'evasion').keyControls.push('small-model'), path: /keyControls/ },
    { spoil: ({ threats }) => byId(threats.threats, 'evasion').supplierControls.push('none'), path: /supplier/ },
    { spoil: ({ threats }) => byId(threats.threats, 'evasion').controls.push('ai-program'), path: /evasion/ },
  ],
  'threat-maps': [
    { spoil: ({ threats }) => (byId(threats.threats, 'evasion').maps['nowhere'] = ['1']), path: /maps\.nowhere/ },
    { spoil: ({ threats }) => byId(threats.threats, 'evasion').maps['atlas']?.push('AML.T0051'), path: /maps\.atlas/ },
  ],
  'control-ids': [
    { spoil: ({ controls }) => controls.controls.push(byId(controls.controls, 'rate-limit')), path: /rate-limit/ },
  ],
  'control-terms': [
    { spoil: ({ controls }) => controls.enums.group.splice(0, 1), path: /group/ },
    { spoil: ({ controls }) => controls.enums.enforceableBy.splice(0, 1), path: /enforceableBy/i },
  ],
  'control-complete': [
    { spoil: ({ controls }) => (byId(controls.controls, 'rate-limit').purpose = 'Limits.'), path: /purpose/ },
    { spoil: ({ controls }) => (byId(controls.controls, 'rate-limit').evidence = 'Logs.'), path: /evidence/ },
    { spoil: ({ controls }) => (byId(controls.controls, 'rate-limit').measures = []), path: /measures/ },
  ],
  'control-scope': [
    { spoil: ({ controls }) => (byId(controls.controls, 'rate-limit').appliesToAllThreats = true), path: /applies/ },
    { spoil: ({ controls }) => (byId(controls.controls, 'rate-limit').threats = []), path: /threats/ },
    { spoil: ({ controls }) => (byId(controls.controls, 'rate-limit').threats = 'all'), path: /applies/ },
  ],
  measures: [
    { spoil: ({ controls }) => (measure(controls, 'rate-limit').id = 'small-model.total'), path: /rate-limit.*id/ },
    {
      spoil: ({ controls }) => byId(controls.controls, 'rate-limit').measures.push(measure(controls, 'rate-limit')),
      path: /measures\[/,
    },
    { spoil: ({ controls }) => controls.enums.evidenceKind.splice(0, 1), path: /evidenceKind/ },
  ],
  'control-threats': [
    { spoil: ({ controls }) => (byId(controls.controls, 'rate-limit').threats = ['no-threat']), path: /rate-limit/ },
    { spoil: ({ controls }) => (byId(controls.controls, 'rate-limit').threats = ['agent-escape']), path: /rate-limit/ },
    {
      spoil: ({ controls }) => byId(controls.controls, 'ai-program').explicitThreats?.push('evasion'),
      path: /ai-prog/,
    },
  ],
  'control-maps': [
    { spoil: ({ controls }) => byId(controls.controls, 'rate-limit').maps['ncsc']?.push('1.2'), path: /maps\.ncsc/ },
    { spoil: ({ controls }) => (byId(controls.controls, 'rate-limit').maps['nowhere'] = []), path: /maps\.nowhere/ },
  ],
  'retired-names': [
    { spoil: ({ controls }) => (first(controls.retiredNames).replacedBy = ['no-control']), path: /retiredNames/ },
    { spoil: ({ controls }) => (controls.aliasIndex['DEVDATAPROTECT'] = ['discrete']), path: /DEVDATAPROTECT/ },
  ],
  'alias-index': [
    { spoil: ({ controls }) => (controls.aliasIndex['OLDNAME'] = ['no-control']), path: /OLDNAME/ },
    { spoil: ({ controls }) => delete controls.aliasIndex['RATELIMIT'], path: /RATELIMIT/ },
  ],
  'control-groups': [
    { spoil: ({ controls }) => (byId(controls.groups, 'data-limitation').members = ['no-control']), path: /groups/ },
  ],
  'framework-files': [
    { spoil: ({ frameworks }) => (list(frameworks, 'dsit').id = 'dsti'), path: /dsit/ },
    { spoil: ({ frameworks }) => (list(frameworks, 'dsit').itemCount = 14), path: /itemCount/ },
  ],
  'framework-sizes': [{ spoil: ({ frameworks }) => frameworks['dsit']?.items.pop(), path: /dsit/ }],
  'item-ids': [
    { spoil: ({ frameworks }) => frameworks['dsit']?.items.push(item(frameworks, 'dsit', 'P1')), path: /P1/ },
  ],
  'item-links': [
    { spoil: ({ frameworks }) => item(frameworks, 'dsit', 'P1').controls.push('no-control'), path: /P1.*controls/ },
    { spoil: ({ frameworks }) => item(frameworks, 'dsit', 'P1').threats.push('evasion'), path: /P1.*threats/ },
    { spoil: ({ frameworks }) => item(frameworks, 'dsit', 'P1').controls.push('small-model'), path: /P1.*controls/ },
  ],
  'item-basis': [
    { spoil: ({ frameworks }) => (item(frameworks, 'dsit', 'P1').basis = {}), path: /P1.*basis/ },
    { spoil: ({ frameworks }) => (item(frameworks, 'dsit', 'P1').basis['evasion'] = 'source'), path: /P1.*basis/ },
    { spoil: ({ index }) => Reflect.deleteProperty(index.basisValues, 'judgement'), path: /basis/ },
  ],
  'item-parents': [{ spoil: ({ frameworks }) => (item(frameworks, 'ncsc', '1.2').parent = '9'), path: /1\.2.*parent/ }],
  'item-pointers': [
    { spoil: ({ frameworks }) => item(frameworks, 'ncsc', '1.2').dsit?.push('P99'), path: /1\.2.*dsit/ },
    { spoil: ({ frameworks }) => item(frameworks, 'atlas', 'AML.M0000').techniques?.push('AML.T9'), path: /M0000/ },
    {
      spoil: ({ frameworks }) => item(frameworks, 'owasp-llm-2026', 'LLM01:2026').aisvs?.primary.push('C99'),
      path: /aisvs/,
    },
    {
      spoil: ({ frameworks }) =>
        item(frameworks, 'opencre', '755-340').linked?.push({ framework: 'dsit', item: 'P99' }),
      path: /linked/,
    },
    { spoil: ({ frameworks }) => (item(frameworks, 'dsit', 'P1').successors = ['P2']), path: /P1.*successors/ },
  ],
  'item-editions': [
    {
      spoil: ({ frameworks }) => (item(frameworks, 'owasp-llm-2026', 'LLM01:2026').predecessors = ['LLM02:2025']),
      path: /predecessors|successors/,
    },
  ],
  'case-studies': [
    { spoil: ({ frameworks }) => first(frameworks['atlas']?.caseStudies).techniques.push('AML.T9'), path: /caseStud/ },
    {
      spoil: ({ frameworks }) => first(frameworks['eu-ai-act']?.exchangeRegulatoryMap).controls.push('none'),
      path: /exchangeRegulatoryMap/,
    },
    {
      spoil: ({ frameworks }) => (first(frameworks['owasp-llm-2026']?.atlasDiscrepancies).atlas = 'AML.T9'),
      path: /atlasDiscrepancies/,
    },
  ],
  'fact-ids': [
    { spoil: (files) => files['risk-analysis'].facts.push(first(files['risk-analysis'].facts)), path: /model-kind/ },
    { spoil: (files) => (byId(files['risk-analysis'].facts, 'model-kind').values = null), path: /model-kind.*values/ },
  ],
  'tree-links': [
    { spoil: (files) => question(files).facts.push('no-fact'), path: /q-genai.*facts/ },
    { spoil: (files) => first(question(files).answers).candidates.push('no-threat'), path: /candidates/ },
    { spoil: (files) => (first(question(files).answers).ignore = ['no-threat']), path: /ignore/ },
    { spoil: (files) => (first(question(files).answers).raises = ['no-threat']), path: /raises/ },
    { spoil: (files) => (first(question(files).answers).verify = 'no-control'), path: /verify/ },
    { spoil: (files) => (first(question(files).answers).when = { fact: 'model-kind', in: ['gpt'] }), path: /when/ },
  ],
  'tree-reaches': [
    {
      spoil: (files) => {
        for (const { answers } of files['risk-analysis'].decisionTree) {
          for (const answer of answers) answer.candidates = answer.candidates.filter((id) => id !== 'agent-escape')
        }
      },
      path: /decisionTree/,
    },
  ],
  'tree-raises': [
    // Reached still, but only for systems that another rule leaves out.
    {
      spoil: (files) => {
        for (const { answers } of files['risk-analysis'].decisionTree) {
          for (const answer of answers) {
            if (answer.candidates.includes('direct-prompt-injection')) {
              answer.when = { all: [answer.when, { fact: 'multi-agent', is: true }] }
            }
          }
        }
      },
      path: /decisionTree/,
    },
    { spoil: when({ always: true }, 'direct-prompt-injection'), path: /decisionTree/ },
  ],
  'tree-raises-unknown': [
    // A rule that contradicts itself never holds, but while the fact is unknown nobody can rule the threat out.
    {
      spoil: (files) => {
        const fact: Expression = { fact: 'classification-task', is: true }
        byId(files.threats.threats, 'evasion').appliesWhen = { all: [fact, { not: fact }] }
        for (const { answers } of files['risk-analysis'].decisionTree) {
          for (const answer of answers) {
            if (answer.candidates.includes('evasion')) answer.when = { fact: 'model-kind', in: ['heuristic'] }
          }
        }
      },
      path: /decisionTree/,
    },
  ],
  implications: [
    { spoil: (files) => imply(files, { 'model-kind': true }), path: /then/ },
    { spoil: (files) => imply(files, { 'no-fact': true }), path: /then/ },
    {
      spoil: (files) => (first(files['risk-analysis'].implications).when = { fact: 'no-fact', is: true }),
      path: /when/,
    },
  ],
  'earlier-rules': [
    { spoil: (files) => first(files['risk-analysis'].seed001Rules).include?.push('no-threat'), path: /include/ },
    { spoil: (files) => (first(files['risk-analysis'].seed001Rules).ignore = ['no-threat']), path: /ignore/ },
    { spoil: (files) => (first(files['risk-analysis'].seed001Rules).when = { fact: 'x', is: true }), path: /when/ },
  ],
  'rule-conflicts': [
    { spoil: (files) => (first(files['risk-analysis'].ruleConflicts).legacy = 'l-none'), path: /legacy/ },
    { spoil: (files) => (first(files['risk-analysis'].ruleConflicts).current = 'q-none'), path: /current/ },
  ],
  'deployment-models': [
    {
      spoil: (files) => (first(files['risk-analysis'].deploymentModels).facts['training'] = 'some'),
      path: /deploymentModels/,
    },
  ],
  responsibility: [
    { spoil: (files) => files['risk-analysis'].responsibility.rows.pop(), path: /rows/ },
    {
      spoil: (files) => delete first(files['risk-analysis'].responsibility.rows).by['provider-hosted-api'],
      path: /rows\[evasion\]\.by/,
    },
    { spoil: (files) => (first(files['risk-analysis'].responsibility.rows).by['mine'] = 'you'), path: /by/ },
    { spoil: (files) => files['risk-analysis'].responsibility.values.shift(), path: /by\./ },
    { spoil: (files) => (first(files['risk-analysis'].responsibility.rows).threat = 'no-threat'), path: /no-threat/ },
  ],
  'analysis-links': [
    { spoil: (files) => (first(files['risk-analysis'].ragQuestions).fact = 'no-fact'), path: /ragQuestions/ },
    { spoil: (files) => files['risk-analysis'].trifecta.allOf.push('no-fact'), path: /trifecta/ },
    { spoil: (files) => files['risk-analysis'].ruleOfTwo.factsC.push('no-fact'), path: /ruleOfTwo/ },
    { spoil: (files) => (files['risk-analysis'].ruleOfTwo.ifThree = 'no-control'), path: /ifThree/ },
    { spoil: (files) => files['risk-analysis'].heuristicSystems.threats.push('no-threat'), path: /heuristic/ },
  ],
  steps: [
    { spoil: (files) => files['risk-analysis'].steps.seed001.pop(), path: /seed001/ },
    { spoil: (files) => files['risk-analysis'].steps.current.shift(), path: /current/ },
  ],
  'asset-ids': [{ spoil: ({ assets }) => assets.assets.push(first(assets.assets)), path: /training-data/ }],
  matrix: [
    { spoil: ({ matrix }) => (first(matrix.matrix).threat = 'no-threat'), path: /matrix\[0\]\.threat/ },
    { spoil: ({ matrix }) => (first(matrix.matrix).asset = 'no-asset'), path: /matrix\[0\]\.asset/ },
  ],
  'periodic-table': [
    { spoil: ({ matrix }) => (first(matrix.periodicTable).threat = 'no-threat'), path: /periodicTable\[0\]/ },
    { spoil: ({ matrix }) => first(matrix.periodicTable).controls.push('small-model'), path: /periodicTable\[0\]/ },
  ],
  'overview-lists': [
    { spoil: ({ matrix }) => first(matrix.riskAreas).controls.push('none'), path: /riskAreas/ },
    { spoil: ({ matrix }) => first(first(matrix.essentials).sub).controls.push('none'), path: /essentials/ },
    { spoil: ({ matrix }) => first(matrix.seed001MetaControls).controls.push('none'), path: /MetaControls/ },
    { spoil: ({ matrix }) => matrix.readyMadeModel.yourThreats.push('none'), path: /readyMade/ },
    { spoil: ({ matrix }) => matrix.gaps.threatsMissingFromMatrix.push('none'), path: /gaps/ },
  ],
  privacy: [
    { spoil: ({ privacy }) => first(first(privacy.principles).obligations).controls.push('none'), path: /principles/ },
    { spoil: ({ privacy }) => privacy.modelAttacksPrinciple.threats.push('none'), path: /modelAttacks/ },
    { spoil: ({ privacy }) => first(privacy.securityProgramme).controls.push('none'), path: /securityProgramme/ },
    { spoil: ({ privacy }) => first(privacy.particularRisks).threats.push('none'), path: /particularRisks/ },
  ],
  practices: [
    { spoil: ({ practices }) => first(practices.pillars).controls.push('none'), path: /pillars/ },
    { spoil: ({ practices }) => first(practices.risks).threats.push('none'), path: /risks/ },
    { spoil: ({ practices }) => first(first(practices.bestPractices).requirements).threats.push('none'), path: /best/ },
    { spoil: ({ practices }) => first(practices.incidentScenarios).threats.push('none'), path: /incident/ },
    { spoil: ({ practices }) => first(practices.injectionLayers).controls.push('none'), path: /injectionLayers/ },
  ],
  'source-counts': [
    { spoil: ({ practices }) => practices.risks.pop(), path: /risks/ },
    { spoil: ({ privacy }) => privacy.principles.pop(), path: /principles/ },
  ],
  testing: [
    { spoil: ({ testing }) => first(testing.agentic.tests).threats.push('none'), path: /agentic\.tests/ },
    { spoil: ({ testing }) => first(testing.rag.tests).controls.push('none'), path: /rag\.tests/ },
    { spoil: ({ testing }) => first(testing.tools).threats.push('none'), path: /\[art\]/ },
    { spoil: ({ testing }) => testing.evasion.threats.push('none'), path: /evasion/ },
    { spoil: ({ testing }) => (first(testing.attackQueryBudgets).threat = 'none'), path: /attackQueryBudgets/ },
  ],
  mission: [
    { spoil: ({ mission }) => (first(mission.rows).module = 'kitchen'), path: /module/ },
    { spoil: ({ mission }) => (first(mission.rows).seed = '005'), path: /seed/ },
    { spoil: ({ mission }) => first(mission.rows).controls.push('none'), path: /controls/ },
  ],
}
