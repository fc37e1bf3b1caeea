// Words that mean the same to an attacker, whatever the language. Pairs of these are what the model learns beside plain
// words: "disregard … earlier … guidelines" then weighs like "ignore … previous … instructions" though nobody trained it.
// Rows are data; words are compared after folding (lower case, no diacritics).

export const CONCEPTS: Readonly<Record<string, string>> = {
  override: `ignore ignoring ignored disregard disregarding forget forgetting override overriding overrule bypass bypassing
    neglect overlook dismiss discard omit circumvent violate nullify void cancel abandon suspend supersede supersedes replaces
    replace erase clear reset disable deactivate unlearn deprioritize
    ignoriere ignoriert ignorieren vergiss vergesst vergessen vergesse missachte missachten ubergehe ubergehen verwirf
    ignora ignorar ignoren ignores olvida olvidar olvide olviden olvidate descarta desestima omite anula
    ignorez oublie oubliez oublier negligez contourne contournez abandonnez
    dimentica dimenticate dimenticare ignorate trascura esqueca esquece esquecer desconsidere desconsidera
    negeer vergeet zignoruj ignoruj zapomnij pomin yoksay unut unutun gormezden
    игнорируй игнорируйте игнорировать забудь забудьте забыть отбрось отмени bhool bhul bhulo bhoolo bhulja nazarandaz
    تجاهل انس 忽略 无视 忘记 忘掉 無視 忘れ 무시 잊어 अनदेखा भूल`,
  prior: `previous previously prior above earlier preceding former past existing original originally initial initially
    aforementioned foregoing before past everything anything
    vorherigen vorherige vorherigem vorigen vorige obigen obige bisherigen bisherige fruheren zuvor alles
    anteriores anterior previas previos previa todo precedentes precedente precedenti anteriori tutto tudo
    vorige eerdere poprzednie wszystkie onceki предыдущие предыдущих предыдущую прежние pichle pichla pehle
    السابقة 之前 以前 以上 上述 前面 今まで これまで 이전 पिछले`,
  rules: `instruction instructions instruct rule rules prompt prompts guideline guidelines directive directives command
    commands order orders policy policies restriction restrictions constraint constraints guardrail guardrails safeguard
    safeguards limitation limitations limits filters programming protocols protocol regulations preprompt
    anweisung anweisungen instruktion instruktionen regel regeln befehl befehle vorgaben vorschriften richtlinien auftrage aufgaben
    instrucciones instruccion reglas regla ordenes indicaciones directrices consigne consignes regles directives
    istruzioni istruzione regole instrucoes instrucao regras ordens instructies regels instrukcje instrukcji zasady talimatlar
    talimatlari kurallar инструкции инструкций инструкцию правила правил указания команды nirdesh niyam
    التعليمات 指令 指示 规则 提示 命令 ルール 지시 규칙 निर्देश`,
  system: `system sys developer dev admin administrator root operator owner creator creators superuser sudo maintainer
    openai anthropic google microsoft 系统 系統 システム 시스템 sistema systeme sistem система`,
  reveal: `reveal reveals revealing show print repeat output display tell leak expose disclose share dump recite reproduce
    echo spill divulge quote list enumerate transcribe copy summarize summarise translate
    zeige zeig nenne nennen wiederhole verrate verraten gib drucke offenbare
    revela muestra muestrame repite dime imprime montre affiche repete revele dites mostra ripeti rivela stampa mostre
    toon herhaal pokaz powtorz goster tekrarla покажи повтори раскрой выведи batao dikhao
    显示 输出 告诉 重复 透露 教えて 表示 알려 출력 बताओ`,
  secret: `secret secrets password passwords passcode passphrase credential credentials confidential hidden internal private
    sensitive apikey token tokens ssn pin keys flag codeword
    geheim geheime passwort kennwort contrasena clave secreto secreta motdepasse secrete segreto segreta senha wachtwoord haslo
    sifre пароль секрет секретный 密码 秘密 パスワード 비밀번호 गुप्त`,
  persona: `pretend pretending roleplay roleplaying persona character impersonate simulate simulating simulation emulate
    imagine imaginary hypothetical hypothetically fictional fiction story novel acting act behave embody role scenario
    tu tust spiel spiele rolle stell finge actua imagina imagine fais jeu interpreta fingi aja finja представь притворись
    naatak 假装 扮演 假设 ふり 役 역할`,
  unbound: `dan jailbreak jailbroken unrestricted unfiltered uncensored amoral unethical immoral illegal unlimited freed
    liberated evil chaos anarchy devmode godmode aim stan dude mongo betterdan nsfw explicit profanity swear curse
    ethics ethical moral morals morality censorship legality harmful offensive
    grenzenlos sinlimites illimite`,
  without: `without no not none any never free nothing ohne keine kein nicht nie sin ninguna ningun sans aucun aucune senza
    nessuna sem nenhuma zonder bez без никаких bina`,
  send: `send sends sending email mail forward post upload transmit transfer exfiltrate submit deliver deposit pay wire
    share publish sende schicke envia enviar envoie envoyez invia отправь bhejo 发送`,
  must: `must always never only exactly instead immediately now important urgent attention critical mandatory required
    priority obey comply follow execute adhere strictly stop
    muss sofort nur jetzt wichtig stattdessen debes ahora solo inmediatamente importante devi adesso solo dois maintenant
    seulement important agora apenas теперь сейчас только важно ab sirf turant 必须 现在 立即 只`,
  fresh: `new following next updated update real actual true below latest final revised
    neue neuen neuer folgende folgenden nuevo nueva nuevas siguiente siguientes nouvelle nouvelles suivante nuovo nuova nuove
    novo nova novas новая новые следующие naya naye 新 新的`,
  you: `you your yours yourself u ur du dein deine dir tu tus usted vous votre vos tuo tua voce seu sua ты вы твои ваши tum
    tumhara aap 你 您 あなた 당신`,
  machine: `ai assistant chatbot bot llm gpt chatgpt gpt3 gpt4 claude gemini llama bard model agent copilot siri alexa
    assistent modell ki ia asistente assistente modelo modele агент модель ассистент 模型 助手 人工智能`,
  task: `task tasks job goal objective mission request assignment aufgabe aufgabenstellung tarea tache compito tarefa задача
    kaam 任务`,
  answer: `say respond answer reply responses response write begin start starting sage sag antworte antworten schreib schreibe
    responde di escribe reponds ecris rispondi scrivi escreva скажи ответь напиши bolo likho jawab 说 回答 写`,
  person: `user users human customer client reader anyone anybody nutzer benutzer usuario utilisateur utente пользователь 用户`,
  tool: `tool tools function functions call execute run invoke shell terminal bash curl wget sql query script code eval
    payload command endpoint webhook`,
  link: `http https www url link click visit open browse download fetch navigate website html href src`,
  money: `bank account payment invoice bitcoin wallet iban purchase buy refund crypto`,
  conceal: `secretly silently quietly covertly discreetly mention inform notify alert warn acknowledge disclose reveal
    conceal hide`,
  encode: `base64 rot13 hex encode encoded decode decoded cipher morse backwards reversed obfuscated ascii unicode caesar leet`,
  mention: `example examples attack attacks attacker attackers injection injections malicious vulnerability vulnerabilities
    exploit exploits adversarial jailbreaks phishing mitigate mitigation mitigations defend defense defence detect detects
    detection detector prevent prevents research paper study phrase phrases called documentation tutorial classifier dataset
    security owasp tests`,
  harm: `bomb weapon weapons drug drugs meth malware virus hack hacking steal kill murder suicide explosive explosives poison
    fraud racist sexist`,
}
