// A page with the price of tea: from Redis, and from the book where Redis has none.
//   node example/shop.mjs
import { createServer } from 'node:http'
import { withRedis } from '../dist/connection.js'

const place = { url: 'redis://127.0.0.1:6379', password: process.env.REDIS_PASSWORD }
const ask = (...words) => withRedis(place, new AbortController().signal, (redis) => redis(...words))

await ask('SET', 'price:tea', '3.20')
const server = createServer(async (_, response) => {
  const kept = await ask('GET', 'price:tea').catch(() => null)
  response.setHeader('Content-Type', 'application/json')
  response.end(JSON.stringify({ tea: Number(kept ?? '3.20'), from: kept === null ? 'book' : 'cache' }))
})
server.listen(8080, '127.0.0.1', () => process.stdout.write('The shop is open: http://127.0.0.1:8080\n'))
