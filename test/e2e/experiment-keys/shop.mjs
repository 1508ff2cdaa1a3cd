let readyAt = 0
let orders = 0
export const restart = () => {
  readyAt = Date.now() + 1200
  return { release: '2.4.1', node: 'shop-3' }
}
export const health = () => (Date.now() < readyAt ? { status: 503 } : { status: 200 })
export const order = () => {
  orders += 1
  if (orders < 3) throw new Error('the queue is not open yet')
  return { id: orders }
}
export const announce = ({ text }) => text
export const errors = () => 4
export const reopen = () => 'open'
