import { mutationTests } from '../mutated/mutation-tests.ts'

mutationTests({ inside: 20_000, outside: 400 })
