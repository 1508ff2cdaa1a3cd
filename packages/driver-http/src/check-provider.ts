import { isObject, type ProviderFields, type ProviderIssue } from '@squall/contract'

/** Everything wrong with the provider object of an http activity. What the reference lets pass is a warning. */
export function checkProvider(provider: ProviderFields): readonly ProviderIssue[] {
  return [
    ...checkUrl(provider['url']),
    ...checkMethod(provider['method']),
    ...checkHeaders(provider['headers']),
    ...checkTimeout(provider['timeout']),
    ...checkRetries(provider['max_retries']),
    ...checkExpectedStatus(provider),
  ]
}

function checkUrl(url: unknown): ProviderIssue[] {
  if (typeof url === 'string' && url !== '') return []
  const hint = 'Write the address to call, such as http://localhost:8080/health.'
  return [{ path: ['url'], message: 'An http activity needs a `url`, as a text.', hint }]
}

function checkMethod(method: unknown): ProviderIssue[] {
  if (method === undefined || typeof method === 'string') return []
  const message = `\`method\` is a text such as POST, not ${JSON.stringify(method)}.`
  return [{ path: ['method'], message }]
}

function checkHeaders(headers: unknown): ProviderIssue[] {
  if (!headers) return []
  if (!isObject(headers)) {
    const hint = 'Write one key for each header: {"Accept": "text/plain"}.'
    return [{ path: ['headers'], message: '`headers` is an object.', hint }]
  }
  return Object.entries(headers).flatMap(([name, value]) => {
    if (typeof value === 'string' || value === null) return []
    const message = `The header ${name} is ${JSON.stringify(value)}: that stops the method, since a header is a text.`
    return [
      { path: ['headers', name], level: 'warning' as const, message, hint: `Write "${String(value)}".` },
    ]
  })
}

function checkTimeout(timeout: unknown): ProviderIssue[] {
  if (timeout === undefined || timeout === null || isVariable(timeout)) return []
  if (!Array.isArray(timeout)) return isSeconds(timeout) ? [] : [timeoutIssue(['timeout'], timeout)]
  if (timeout.length !== 2) return [timeoutIssue(['timeout'], timeout)]
  return timeout.flatMap((each: unknown, at) =>
    each === null || isVariable(each) || isSeconds(each) ? [] : [timeoutIssue(['timeout', at], each)],
  )
}

function timeoutIssue(path: (string | number)[], value: unknown): ProviderIssue {
  const given = JSON.stringify(value)
  const message = `\`timeout\` is a number of seconds above 0 or [connect, read], not ${given}: that stops the method.`
  return { path, level: 'warning', message }
}

function isSeconds(value: unknown): boolean {
  return typeof value === 'number' && value > 0
}

/** A text that may stand for another value during the run. */
function isVariable(value: unknown): boolean {
  return typeof value === 'string' && value.includes('$')
}

function checkRetries(retries: unknown): ProviderIssue[] {
  if (retries === undefined || retries === null || (Number.isInteger(retries) && Number(retries) >= 0))
    return []
  const message = `\`max_retries\` is a whole number from 0, not ${JSON.stringify(retries)}: that stops the method.`
  return [{ path: ['max_retries'], level: 'warning', message }]
}

function checkExpectedStatus(provider: ProviderFields): ProviderIssue[] {
  if (!('expected_status' in provider)) return []
  const message = '`expected_status` has no effect.'
  const hint = 'In the hypothesis, give the probe a `tolerance` with the status instead.'
  return [{ path: ['expected_status'], level: 'warning', message, hint }]
}
