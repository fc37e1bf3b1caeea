// What a model file can do, as a table: one row a technique, with the verdict it alone earns. Readers name a row and say
// what they saw; they never weigh it, so that two formats cannot judge the same thing differently.
import type { ArtefactVerdict } from '../../model/artefact.ts'
import type { Severity } from '../../model/finding.ts'

export interface Technique {
  verdict: ArtefactVerdict
  severity: Severity
  effect: string
  remedy: string
}

const DELETE = 'Do not load it. Delete it, find out who put it there, and take the model from its publisher again.'
const CONVERT = 'Load it only in a sandbox, and convert it to a format without code (safetensors, ONNX, GGUF).'
const REVIEW = 'Have somebody who knows the library read what it names before it is loaded.'
const REPACK = 'Unpack it in an empty sandbox, check the members, and pack it anew with an ordinary archiver.'
const REDO = 'Fetch it again and compare its hash with the publisher’s; report it if the hash is the same.'

const row = (verdict: ArtefactVerdict, severity: Severity, effect: string, remedy: string): Technique => ({
  verdict,
  severity,
  effect,
  remedy,
})

export const TECHNIQUES = {
  // Python's pickle
  'pickle-executes-code': row('malicious', 'critical', 'runs code when it is unpickled', DELETE),
  'pickle-touches-system': row('malicious', 'high', 'reads, writes or connects when it is unpickled', DELETE),
  'pickle-loads-more': row('malicious', 'critical', 'loads another file or pickle, which may run code', DELETE),
  'pickle-indirection': row(
    'malicious',
    'critical',
    'fetches an attribute or module by name to call what a list of names would refuse',
    DELETE,
  ),
  'pickle-computed-global': row('malicious', 'critical', 'imports a name that is computed while it loads', DELETE),
  'pickle-changes-interpreter': row(
    'malicious',
    'high',
    'changes a module, class, function or registry of the running interpreter',
    DELETE,
  ),
  'pickle-standard-library-call': row(
    'malicious',
    'high',
    'calls a function of Python’s standard library that no model needs',
    DELETE,
  ),
  'pickle-library-call': row(
    'malicious',
    'high',
    'calls a function of a library with which the library rebuilds none of its objects',
    DELETE,
  ),
  'pickle-builds-code': row('malicious', 'critical', 'builds a function from bytecode when it is unpickled', DELETE),
  'pickle-unknown-function': row(
    'suspicious',
    'medium',
    'calls a function of a library outside the allow-list',
    REVIEW,
  ),
  'pickle-unknown-global': row(
    'suspicious',
    'low',
    'imports a module outside the allow-list, which runs that module',
    REVIEW,
  ),
  'pickle-extension-code': row(
    'suspicious',
    'medium',
    'calls whatever the loading process has registered under a number',
    REVIEW,
  ),
  'pickle-nested': row(
    'suspicious',
    'low',
    'holds, as data, a pickle that would run code if somebody loaded it',
    CONVERT,
  ),
  'pickle-exhausts': row('malicious', 'medium', 'fills memory or computes without end when it is unpickled', DELETE),
  'pickle-broken': row('suspicious', 'low', 'breaks off or is not valid, so what follows could not be read', REDO),
  'pickle-frame-mismatch': row(
    'suspicious',
    'medium',
    'two readers of the same bytes would disagree about what is in it',
    CONVERT,
  ),
  'pickle-unusual-number': row(
    'suspicious',
    'low',
    'writes numbers as no pickler does; readers disagree about them',
    CONVERT,
  ),
  'extension-lies': row('suspicious', 'medium', 'is a pickle under the name of another format', CONVERT),
  // containers
  'archive-traversal': row('malicious', 'high', 'writes outside the target folder when unpacked naively', REPACK),
  'archive-link': row(
    'malicious',
    'high',
    'links out of the target folder, so that later members are written elsewhere',
    REPACK,
  ),
  'archive-bomb': row('malicious', 'medium', 'expands to far more than its size and exhausts memory or disk', DELETE),
  'archive-differs': row('suspicious', 'medium', 'two readers of this archive would see different members', REPACK),
  'archive-encrypted': row(
    'suspicious',
    'medium',
    'is encrypted, so it could not be read',
    'Ask for it without encryption.',
  ),
  'archive-imports-at-start': row(
    'malicious',
    'high',
    'is run by every start of Python once it lies in site-packages',
    DELETE,
  ),
  'trailing-data': row('suspicious', 'low', 'carries bytes after its own end that its reader ignores', REPACK),
  polyglot: row('malicious', 'high', 'is also a file of another kind, which another loader would open', DELETE),
  'embedded-program': row('malicious', 'high', 'carries a machine program that no model needs', DELETE),
  'executable-model': row(
    'suspicious',
    'medium',
    'is a program, not only a model',
    'Run it only in a sandbox, or take the weights out of it.',
  ),
  'executable-file': row(
    'suspicious',
    'medium',
    'is a machine program beside a model',
    'Load the model without it; run it only in a sandbox.',
  ),
  'not-read': row('suspicious', 'low', 'could not be read, so nothing is known about it', REDO),
  // weights
  'object-array': row('benign', 'low', 'needs allow_pickle=True to be loaded', CONVERT),
  'header-bomb': row('malicious', 'medium', 'declares sizes that exhaust or overflow a naive reader', DELETE),
  'layout-broken': row(
    'malicious',
    'medium',
    'places tensors over each other or beyond the end, which reads foreign memory in a naive reader',
    DELETE,
  ),
  'layout-odd': row('suspicious', 'low', 'does not follow the layout of its format', REDO),
  'duplicate-keys': row('malicious', 'medium', 'declares a key twice; readers disagree which one counts', DELETE),
  truncated: row('suspicious', 'low', 'is cut off before its end', REDO),
  // templates
  'template-escape': row(
    'malicious',
    'critical',
    'runs code in any loader that renders the chat template without a sandbox',
    DELETE,
  ),
  'template-reads-files': row('malicious', 'high', 'makes the renderer read another file', DELETE),
  'template-dynamic': row('suspicious', 'medium', 'computes an attribute that a sandbox would have to guess', REVIEW),
  'template-bomb': row('malicious', 'medium', 'computes without end or fills memory when rendered', DELETE),
  'template-instructs': row(
    'malicious',
    'high',
    'slips instructions of its author into the conversation',
    'Replace the chat template with the one of the base model.',
  ),
  // graphs
  'graph-writes': row('malicious', 'high', 'writes files when the graph runs', DELETE),
  'graph-reads': row('malicious', 'high', 'reads files or sends data out when the graph runs', DELETE),
  'graph-calls-python': row('malicious', 'high', 'calls back into Python when the graph runs', DELETE),
  'graph-custom-operator': row('suspicious', 'medium', 'needs a library of custom operators, which is code', REVIEW),
  'external-data-escapes': row('malicious', 'high', 'reads a file outside the model’s folder as weights', DELETE),
  'external-data-odd': row('suspicious', 'low', 'names weights outside itself that are not there or do not fit', REDO),
  'layer-code': row('malicious', 'critical', 'runs code that is stored in a layer', DELETE),
  'layer-code-harmless': row(
    'suspicious',
    'medium',
    'holds code in a layer; what was read of it only computes',
    CONVERT,
  ),
  'config-imports': row(
    'malicious',
    'critical',
    'imports and calls what its configuration names while the model is rebuilt',
    DELETE,
  ),
  'config-loads': row('malicious', 'high', 'makes the loader fetch or open another file or model', DELETE),
  'config-unknown': row(
    'suspicious',
    'medium',
    'imports a module outside the allow-list while the model is rebuilt',
    REVIEW,
  ),
  // gates
  'signature-invalid': row(
    'suspicious',
    'high',
    'is not signed by whom you trust',
    'Do not load the model. Ask its publisher for the signature and the key.',
  ),
  'not-as-signed': row('suspicious', 'high', 'is not what its publisher signed or listed', REDO),
  'revision-differs': row('suspicious', 'high', 'is not at the revision that you pinned', 'Fetch the pinned revision.'),
  // repositories
  'remote-code': row(
    'suspicious',
    'medium',
    'with trust_remote_code=True, fetches and runs the code of another repository',
    'Pin that repository to a revision you have read.',
  ),
  'local-code': row('suspicious', 'medium', 'with trust_remote_code=True, runs code that lies beside it', REVIEW),
  'code-executes': row(
    'malicious',
    'critical',
    'is source code that starts programs or runs hidden code when it is imported',
    DELETE,
  ),
  'code-connects': row('malicious', 'high', 'is source code that opens a connection when it is imported', DELETE),
  'yaml-tag': row(
    'malicious',
    'critical',
    'builds objects of a programming language in a loader that is not a safe one',
    DELETE,
  ),
  'xml-entity': row(
    'malicious',
    'high',
    'reads files or expands without end in a parser that resolves entities',
    DELETE,
  ),
  'xml-doctype': row('suspicious', 'low', 'declares a document type of its own', REVIEW),
  'r-promise': row(
    'malicious',
    'critical',
    'holds a promise, which R evaluates as soon as the object is touched',
    DELETE,
  ),
  'r-code': row('malicious', 'high', 'holds R code that starts programs or evaluates text', DELETE),
} satisfies Record<string, Technique>

export type TechniqueId = keyof typeof TECHNIQUES
