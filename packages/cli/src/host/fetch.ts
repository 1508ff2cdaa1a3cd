/** A fetch that accepts any certificate, for `--no-verify-tls`. It follows no redirects to plain http. */
export const fetchWithoutVerification: typeof fetch = (input, init) =>
  new Promise((resolve, reject) => {
    const url = new URL(String(input))
    if (url.protocol !== 'https:') return resolve(fetch(input, init))
    // Loaded only here: it costs every start two milliseconds otherwise.
    const { request } = process.getBuiltinModule('node:https')
    const headers = Object.fromEntries(new Headers(init?.headers))
    const sent = request(url, { headers, rejectUnauthorized: false }, (answer) => {
      const chunks: Buffer[] = []
      answer.on('data', (chunk: Buffer) => chunks.push(chunk))
      answer.on('error', reject)
      answer.on('end', () => {
        const { location } = answer.headers
        const status = answer.statusCode ?? 500
        if (location !== undefined && status >= 300 && status < 400) {
          return resolve(fetchWithoutVerification(new URL(location, url), init))
        }
        const type = answer.headers['content-type']
        resolve(
          new Response(Buffer.concat(chunks), {
            status,
            headers: type === undefined ? {} : { 'content-type': type },
          }),
        )
      })
    })
    sent.on('error', reject)
    sent.end()
  })

/** The platform's own fetch. */
export const plainFetch: typeof fetch = fetch
