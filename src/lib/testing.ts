/** What the work took of a processor, in milliseconds: a test machine has other things to do, and a clock counts them. */
export function processorMs(work: () => unknown): number {
  const before = process.cpuUsage()
  work()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1000
}
