// docs/reference/gateway.md: which requests are served, which providers are known and which guards there are.
import { DEMO_MODEL } from '../../src/enforce/demo/assistant.ts'
import { SERVED } from '../../src/enforce/endpoints.ts'
import { GUARDS } from '../../src/enforce/guards/index.ts'
import { HEADERS } from '../../src/enforce/narrowing.ts'
import { PROVIDERS } from '../../src/enforce/upstream/providers.ts'
import { CONVERSATIONS } from '../../src/enforce/wire/index.ts'
import { code, table } from './markdown.ts'

const list = (words: readonly string[]) => words.map(code).join(', ')

export function renderGateway(): string {
  const requests = SERVED.map(([request, wire]) => [
    code(request),
    wire === undefined ? 'the models of the key' : code(wire),
  ])
  const providers = PROVIDERS.map(({ id, title, url, paths }) => [
    code(id),
    title,
    url ?? 'to be given',
    list(Object.keys(paths)),
  ])
  const guards = GUARDS.map(({ id, title, mode, settings }) => [
    code(id),
    title,
    code(mode),
    list(Object.keys(settings.shape)),
  ])
  const headers = HEADERS.map(({ name, value, about }) => [code(name), value, about])
  return `# The gateway

Generated from the code; do not edit. What can be set is in [config.md](config.md).

A client changes its base URL and its key, and nothing else. Keys are made with \`parapet key create\`, shown once, and sent where the
client sends its API key: \`Authorization: Bearer\`, \`x-api-key\`, \`x-goog-api-key\`, \`api-key\`, or \`?key=\`. A token of your identity
provider may stand there as well, where \`issuers\` names who signs it, for whom, and what its claims grant. The model
${code(DEMO_MODEL)} is always there (unless \`gateway.demo\` is false): a script that answers, calls tools and obeys whatever it reads.

## Requests

Whatever is not here is denied, in the words of the API that was asked: also where clients of Ollama, Bedrock or Cohere ask, or a base URL has too
little or too much of a path. Answers may be streamed wherever their format streams.

${table(['Request', 'Format'], requests)}

${list(CONVERSATIONS.map(({ id }) => id))} can each be served by an upstream of another of these formats: texts, pictures, tools, results, schemas
and streams are turned over. Content that the other format cannot say is refused with its place; settings it does not have are left out.
An answer with a picture, sound or a file is refused where the client's format is another. Signatures of calls that Gemini made come to clients of
\`openai-chat\` in the place that Google has for them (\`extra_content.google.thought_signature\`) and go back from there; what else a provider signed or
encrypted for itself is not carried over, and goes to nobody else.
The other requests need an upstream that speaks their format.

WebSockets of OpenAI's realtime API are refused, because no guard can look into them, unless the route says \`realtime: unguarded\`. Then keys, models,
features, rates and budgets count as for any call (\`limit-resources.openEndedTokens\` says what a session is reserved, and charged), and
\`gateway.realtimeSeconds\`, \`limit-resources.seconds\` and \`gateway.streamBytes\` bound it. The handshake is answered with \`x-parapet-unguarded\`, the call is so marked on
record, and guards that read are not proven on that route.

Where both sides speak one format, bytes go through as they came, in both directions, and only what a guard changed is written anew.
Errors come in the format of the client, with a code of [errors.md](errors.md) where the format has a place for one.

## Providers

${table([code('provider'), 'Who', 'Address', 'Formats'], providers)}

An upstream that has no path in its address gets the usual one of its provider. A name that leads into a private network is refused unless
the upstream says \`private: true\`; an address that is itself private, such as \`http://127.0.0.1:8000/v1\`, needs no more than being written.
Redirects are not followed. Keys for \`bedrock-access-key\` are \`ACCESS_KEY_ID:SECRET_ACCESS_KEY\`, with \`:SESSION_TOKEN\` behind where there is
one; requests are signed with it (Signature Version 4), and it is never sent.

## Guards

Each is a control of the AI Exchange at work and carries its id. Every guard also has a \`mode\` (\`off\`, \`observe\`, \`enforce\`), an
\`onFailure\` (\`block\`, \`pass\`) and a \`deadlineMs\`; routes may differ from what stands under \`guards\`.

${table(['Guard', 'What it does', 'By default', 'Settings'], guards)}

## Calls that wait for a person

Rules of \`oversight\` name what needs somebody's approval: tool calls by name (\`tools\`), except those whose arguments all fit (\`unless\`); hits of
other guards (\`guards\`), which then wait in place of being stopped; or a \`share\` of all requests. [config.md](config.md) has each member of a rule.
The call waits: a tool call and what stands behind it is held until the model is done, while the text before it goes on, and a stream says every
ten seconds (\`gateway.signSeconds\`) that it lives (\`: waiting\`, \`ping\`), also while the model was not asked yet: with the first sign the status is
200, and a refusal is an error in the stream. An answer that is not streamed says nothing meanwhile: its \`wait\` has to be shorter than the patience of clients and proxies. Who may decide sees it under **Approvals** or with \`parapet approvals list\`, without secrets, and
without personal data where \`model-input-confidentiality\` keeps that from models; and approves or refuses it on any replica. Whose key it is cannot approve it; a rule that names two roles wants two people.
What nobody approves in time is refused; so is what waits when its client leaves, when the gateway stops, and when its process dies. The client
is told which role may approve and the id of the approval (\`x-parapet-approval\` too); asking again makes a new one. A tool that the provider
runs itself is called before anybody can be asked: leave \`hosted-tools\` out of the features of \`model-access-control\`.

Whether those who decide look at what they decide is watched (**Approvals**, **Reviewers**; \`parapet approvals reviewers\`): how long each takes, how much of it is
approved and how much at once, what nobody answers, how much falls to one person, and that nobody approved their own calls. What is beyond
\`oversight.reviewers\` on a route fails the measure \`oversight.reviewer-health\` of its system; decisions within it prove it, once there are
\`reviewers.least\` of them. The owner of a token of another house has no account here, so of calls made with one nobody can tell whose own they are.

## Identities of agents

A key that is made for an agent of the register (\`parapet key create --name buyer --agent buyer-agent --asset shop\`) is that agent's and nobody else's. A token names its
agent in the claim that \`issuers[].agent\` says, by the id that the agent has in the register; a token that names one that is not there does not count. The record,
its spans (\`gen_ai.agent.id\`) and the costs name the agent. \`model-access-control.agentsOnly\`, on a route or for all, says which models are for agents only;
whoever else asks them gets 403. What a client says of itself makes it no agent: \`x-parapet-agent\` only has a call refused that is another's.
The measure \`model-access-control.agent-identity\` holds on a route while all calls come so. One call that is let through without an identity speaks against it,
on routes where agents call with theirs or the policy asks for one; so does a second agent with the same key, where \`agentHeader\` tells agents apart.

## Whether all calls are on record

The measure \`monitor-use.request-log\` holds for a system and a route while each call that ended there was kept and sealed: the gateway counts the calls that
end, the recorder says which it kept, and the two are held against each other, call by call. A call that is not on record a minute later, one whose words the
policy keeps (\`record.content\`) and that lost them, and calls that stay without a seal fail it, with the name of the route. Where the policy keeps no words the
proof says so. Of a process that is killed, what it did not commit yet (\`record.commitMs\`) is lost and counted by nobody: \`record.first\` is against that.

The measure \`model-input-confidentiality.transport\` holds for a system and a route while its calls go to upstreams over HTTPS, or to ones on this machine (the
demo model, \`localhost\`, 127.0.0.0/8, ::1). One call that went over plain HTTP anywhere else fails it for a day, with the names of route and upstream. It hangs
on no guard: where that guard is off, transport is still what it is.

## What is kept encrypted, and for how long

Words of calls (\`record.content\`), what people are asked about, and what callers asked lately are sealed, each with a key of its own and that one with a
key-encryption key that is not in the database. The daily sweep takes words away \`record.contentDays\` after the call, and then leaves no copy in SQLite's files;
PostgreSQL reuses the room in its own time, and its archives and backups keep what they have.

\`parapet upstream key rotate\` makes a new key-encryption key (or takes the first of \`secrets.keys\`) and begins a job, \`reseal\`, that brings all of it under that
key without reading any. Until the job is done both keys are needed; one that is broken off goes on where it was. When \`parapet job show\` says that it is done,
with \`unopened: 0\`, the earlier key can be taken away: from \`secrets.keys\`, or its file from the folder of keys. What old copies of the database hold cannot be
opened from then on, and neither can backups from before: keep the key with them as long as they are kept.

## What several replicas share, and what each knows for itself

One for all: budgets, rates and requests at once (a replica spends from leases), keys and their ends, the policy, approvals, the record and its sums. Each
replica counts for itself: what \`monitor-use\`, \`unwanted-input-series-handling\`, \`anomalous-input-handling\` and \`model-access-control.agentHeader\` saw of a
caller; \`gateway.heldCalls\` and \`heldCallsPerKey\`; \`gateway.concurrency\` and \`bufferBytes\`; which upstreams are ill. So with N replicas behind a balancer
that spreads the calls of one caller, such a bound is up to N times as wide, and a sign of probing needs up to N times as many calls to show. Let the balancer
send a key to the same replica each time, or set the bounds N times lower. Evidence is said by each replica for the calls that it saw.

## What a client may ask for: less

Headers of a client can take away from what the policy allows, and never add to it. A header that comes twice takes away twice, and one
that begins with \`x-parapet-\` and is not here is refused, so that nobody who misspelt it gets more than he wanted. No other header means anything.

${table(['Header', 'Value', 'What it does'], headers)}

## Changing the policy

Upstreams, routes and guards together are the policy. It may stand in \`parapet.yaml\`, or be published while Parapet runs:
\`parapet policy draft --body FILE\`, then \`policy check\`, \`policy diff\`, \`policy dry-run\` and \`policy publish\`; \`policy rollback NUMBER\` puts an earlier
version into force again. The last version is in force. What the file says becomes a version when it changes, and so has the last word then;
\`policy show\` tells whether it says something else than what is in force. A call ends under the policy it began with.

Keys of providers are set with \`parapet upstream key set ID --key-stdin\`. They are kept encrypted, bound to the address they were set for, and sent nowhere else.
An answer that quotes the key of its upstream (of sixteen characters and more, with a digit) loses it to \`[key]\` but for three letters, whatever the policy says: as it
stands, as JSON or an address spell it, in hexadecimal and in base64. One that quotes it in a name, which cannot be cut, is refused.

A request that is stopped gets 403 with the code \`blocked\` and the guard's name. An answer that is stopped ends as its format ends when
content is filtered: \`finish_reason: "content_filter"\`, \`status: "incomplete"\`, \`stop_reason: "refusal"\`, \`finishReason: "SAFETY"\`.
A pseudonym turns back only in the answer to the request that holds its value, and not inside an address of the web. A secret of the
installation (\`gateway.secret\`, else a file among the keys of the data directory) makes pseudonyms and marks the same in each turn of a conversation;
give several replicas the same one. Where a text of an answer is changed, its log-probabilities go, because they spell it again; so do those that
spell what must not go out by themselves.
In streams, text is held back until it can be part of no finding, and a tool call until it is whole.
Texts that a model reads as one – parts of a message, messages of one speaker – are read over their seams as well, in requests and in answers. Seams
between kinds of text are read too: between what was thought and what is said, a document and what is said of it, between either and a tool call, between
the values of a call and of two calls that follow each other; a secret that lies over one stops the request or the answer. Over up to four values it is found
whatever stands before and behind it. Of an answer that is streamed, the end of a text or a call waits until it is known what comes
behind it, and what is found over a seam stops the rest. Not read: values that a tool puts together in another order, seams between speakers, and between
files that are packed in base64.
Secrets are found as they stand and as they stand encoded – base64, base32, hexadecimal, lists of the numbers of characters, gzip and zlib in one
of those, escapes of URLs, HTML, JSON and mail, letters of full width, of other alphabets that look the same or with characters of no width or marks
between them, tags, letters that stand apart, strings that a program puts together – up to three deep; what is replaced is then what encodes them. A stream is held
back from where something begins to read like a secret: only where base64, base32 or hexadecimal begins with something else, up to three letters go
out before, because any word could be such a beginning and words are not held back. Of packed data the first 32 KB are read. Not read: secrets written
backwards, with letters of other alphabets as bytes behind percent signs, in ROT13, in base58 or ASCII85, or cut into groups of letters, by white space, markup or line breaks.
A key that is revoked or expires, and a token that expires, end what runs under them, on every replica: a stream as its format ends when content is filtered, anything else with 401.
What was used until then is settled.
A guard that could not do its work – it threw, was late or said what is no verdict – is named in the header \`x-parapet-failed\`, whatever the policy
makes of it; of an answer that is streamed only the record says so, because its head is gone by then.
`
}
