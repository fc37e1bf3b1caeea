// Names of functions, files and folders that say no more than that something is done there.
const PLAIN =
  /^(?:main|run|start|app|index|handler?|default|constructor|loop|post|get|chat|ask|query|execute|invoke|process|call|stream|generate|respond|reply|send|step|cli|server|mod|lib|init|__init__|__main__|program|route|page|api)$/i

export const isPlainName = (name: string): boolean => name === '' || PLAIN.test(name)
