// Joins class names and leaves out what does not hold.
export const cx = (...names: (string | false | undefined)[]) => names.filter(Boolean).join(' ')
