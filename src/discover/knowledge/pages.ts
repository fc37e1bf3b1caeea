// AI services that are made for people: a provider and the hosts it has for them. A log that shows one shows it in use; a
// link to one in a source says nothing of what the program asks. What only tells about a service is not here.

const CHATS = `
openai chat.openai.com chatgpt.com sora.com oaiusercontent.com
anthropic claude.ai claudeusercontent.com
google gemini.google.com bard.google.com aistudio.google.com notebooklm.google.com notebooklm.google
microsoft-copilot copilot.microsoft.com copilot.cloud.microsoft sydney.bing.com
meta meta.ai
xai grok.com grok.x.ai
mistral chat.mistral.ai
deepseek chat.deepseek.com
cohere coral.cohere.com
perplexity perplexity.ai
sambanova cloud.sambanova.ai
poe poe.com
character-ai character.ai
inflection pi.ai
you you.com
venice venice.ai
duck-ai duck.ai
t3-chat t3.chat
monica monica.im
sider sider.ai
merlin getmerlin.in
lmarena lmarena.ai
alibaba chat.qwen.ai qwen.ai tongyi.aliyun.com tongyi.com qianwen.com
zhipu chat.z.ai chatglm.cn
moonshot kimi.com kimi.ai kimi.moonshot.cn
minimax chat.minimax.io hailuoai.com hailuoai.video
volcengine doubao.com
coze coze.com coze.cn
baidu yiyan.baidu.com
tencent yuanbao.tencent.com
iflytek xinghuo.xfyun.cn
ollama ollama.com registry.ollama.ai
`

const EDITORS = `
codeium windsurf.com
tabnine tabnine.com
supermaven supermaven.com
blackbox blackbox.ai
phind phind.com
v0 v0.dev v0.app
bolt bolt.new
lovable lovable.dev
devin devin.ai
manus manus.im
genspark genspark.ai
trae trae.ai
kiro kiro.dev
julius julius.ai
`

const PICTURES_AND_VOICES = `
midjourney midjourney.com
leonardo leonardo.ai
ideogram ideogram.ai
adobe-firefly firefly.adobe.com
stability dreamstudio.ai
krea krea.ai
recraft recraft.ai
clipdrop clipdrop.co
craiyon craiyon.com
nightcafe nightcafe.studio
playground playground.com
runway runwayml.com
luma lumalabs.ai
pika pika.art
kling klingai.com
heygen heygen.com
synthesia synthesia.io
d-id d-id.com
descript descript.com
elevenlabs elevenlabs.io
murf murf.ai
speechify speechify.com
resemble resemble.ai
suno suno.com suno.ai
udio udio.com
`

const WRITING_AND_MEETINGS = `
grammarly grammarly.com grammarly.io
quillbot quillbot.com
jasper jasper.ai
copy-ai copy.ai
writesonic writesonic.com
rytr rytr.me
wordtune wordtune.com
sudowrite sudowrite.com
hyperwrite hyperwriteai.com
anyword anyword.com
deepl deepl.com
gamma gamma.app
beautiful-ai beautiful.ai
mem mem.ai
chatpdf chatpdf.com
humata humata.ai
askyourpdf askyourpdf.com
consensus consensus.app
elicit elicit.com
otter otter.ai
fireflies fireflies.ai
fathom fathom.video
read-ai read.ai
tldv tldv.io
granola granola.ai
supernormal supernormal.com
`

/** Each host of each provider. */
export const PAGES: readonly { host: string; provider: string; page: true }[] = [
  CHATS,
  EDITORS,
  PICTURES_AND_VOICES,
  WRITING_AND_MEETINGS,
]
  .flatMap((table) => table.trim().split('\n'))
  .flatMap((row) => {
    const [provider = '', ...hosts] = row.split(' ')
    return hosts.map((host) => ({ host, provider, page: true as const }))
  })
