/** Calls back once after a time, without keeping the process alive. Returns how to call it off. */
export function callAfter(milliseconds: number, callback: () => void): () => void {
  const timer = setTimeout(callback, milliseconds)
  timer.unref()
  return () => clearTimeout(timer)
}
