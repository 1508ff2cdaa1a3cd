import start from './start.js'

export const { main } = start.loadBundle()
