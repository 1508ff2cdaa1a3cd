import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'

/** The system under test: a shop page that asks a price service and falls back to the last price it saw. */
export class Shop {
  #prices: Server | undefined
  #page: Server | undefined
  #lastPrice: string | undefined

  async open(): Promise<string> {
    this.#prices = createServer((_request, response) => response.end('42'))
    const prices = await listen(this.#prices)
    this.#page = createServer(async (_request, response) => {
      this.#lastPrice = await ask(prices).catch(() => this.#lastPrice)
      response.statusCode = this.#lastPrice === undefined ? 503 : 200
      response.end(`price: ${this.#lastPrice ?? 'unknown'}`)
    })
    return listen(this.#page)
  }

  /** The fault: the price service goes away. */
  async losePrices(): Promise<void> {
    await close(this.#prices)
  }

  async close(): Promise<void> {
    await Promise.all([close(this.#prices), close(this.#page)])
  }
}

async function ask(url: string): Promise<string> {
  return (await fetch(url)).text()
}

function listen(server: Server): Promise<string> {
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve(`http://127.0.0.1:${(server.address() as AddressInfo).port}`))
  })
}

function close(server: Server | undefined): Promise<void> {
  server?.closeAllConnections()
  return new Promise((resolve) => (server?.listening ? server.close(() => resolve()) : resolve()))
}
