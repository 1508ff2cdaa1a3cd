import { asJson } from './json-result.ts'

/** A copy of a value that is known to be JSON; numbers keep their texts. */
export function copyJson<Value>(value: Value): Value {
  const answer = asJson(value, { oddNumbers: true })
  if ('wrong' in answer) throw new TypeError(`${answer.wrong} is not JSON`)
  return answer.json as Value
}
