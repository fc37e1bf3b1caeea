// From what was read to what there is. The order matters in two places: models are asked for their provider
// last, and what a server offers is told by its being one.
import type { SourceFile } from '../read/source-file.ts'
import { findAdapters } from './providers/adapters.ts'
import { findAgents } from './agents/agents.ts'
import { Evidence } from './evidence.ts'
import { findFlows } from './flows.ts'
import { findInfrastructure } from './infrastructure.ts'
import { link } from './links.ts'
import { findMcpServers } from './mcp/mcp-servers.ts'
import { findModels } from './models/models.ts'
import { findOthers } from './others.ts'
import { findPackages } from './packages.ts'
import { Project } from './project.ts'
import { findProviders } from './providers/providers.ts'
import { findStores } from './stores.ts'
import { findTools } from './tools/tools.ts'

export function findAll(files: readonly SourceFile[]): Evidence {
  const evidence = new Evidence(new Project(files))
  findPackages(evidence)
  findModels(evidence)
  findInfrastructure(evidence)
  findStores(evidence)
  findFlows(evidence)
  findProviders(evidence)
  findAdapters(evidence)
  findMcpServers(evidence)
  findTools(evidence)
  findAgents(evidence)
  findOthers(evidence)
  link(evidence)
  return evidence
}
