// What a name says that it does, by its verbs, and what classes do at once when they are made. A library that nobody lists is
// judged by them as well, since people who write Python name functions for what they do.

/** Verbs of functions that do more than give a value, in names whose parts `_` divides. */
export const RUNNING =
  /(?:^|_)(?:exec(?:file|[lv]p?e?)?|execute|eval|evaluate_expr|system|popen\w*|spawn\w*|shell|command|cmd|subprocess|run(?:code|source|string|script|snippet|module|path|ctx|line|file)?|compile|load_source|load_module\w*|load_library|load_so|exec_module|import_(?:module|file|from|string|source)\w*|reload(?:_module)?|resolve_(?:obj|name|qualname)\w*|check_output|check_call|get(?:status)?output|cprofile|main|launch|start)(?:_|$)/
export const LOADING =
  /(?:^|_)(?:pipeline|load(?:s|f|er|txt|mat|file)?|import|from_pretrained|unpickle|deserialize|depickle|fetch|download|get_file|urlopen|urlretrieve|from_file|from_url|load_\w+|import_\w+)(?:_|$)/
/** What fetches code by a name that it is given. */
export const LOOKING_UP =
  /(?:^|_)(?:get|find|lookup|locate|resolve|import)_(?:\w+_)?(?:class|cls|module|plugin|func|function|fn|obj|object|attr|attribute|callable|symbol|entry_?point)$|(?:^|_)import(?:obj|able)$/
export const TOUCHING =
  /(?:^|_)(?:f?open(?:file)?|(?:im|mim|vol|sci|mm)?(?:read|write|save)(?:txt|mat|z|fig|file|lines?|s)?|dump|unlink|remove(?:dirs)?|rm(?:dir|tree)|delete|chmod|chown|rename|symlink|touch|copy(?:file|tree)|mkdir|makedirs|to_?(?:csv|json|parquet|pickle|hdf|sql|excel|feather|stata|html|xml|orc|clipboard|disk)|connect|send|request|upload|to_?file|from_?file|memmap)(?:_|$)/
/** Classes whose making alone starts, opens or connects something. Their own pickles make them without calling them. */
export const ACTING =
  /(?:^|[a-z_.])(?:Popen|Process|Thread|Executor|ExecutorManagerThread|ThreadPool|ProcessPool|Server|Client|Session|Connection|Socket|Template|Environment|Converter|Launcher|Shell|Console|Memory|Debugger|(?<=Spark|SQL|Hive)Context)$|(?:Writer|File|(?<!String)Store|Capture|Cluster|Repository|Downloader|Runner|Interactive|Importer|Logfile|SentenceTransformer|CrossEncoder|YOLO|KerasLayer)$/
/** What is called after a verb and is a setting or a kind of thing. */
export const NO_ACT =
  /(?:Mode|Type|Kind|Options?|Config|Args|Arguments|Settings|Params|Parameters|Strategy|Policy|Level|Stat(?:e|us|s)|Flags?|Result|Output|Event|Info|Format|Token|Only|Error|Exception|Warning)$/
