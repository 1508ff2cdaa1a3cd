import { mutationTests } from './mutation-tests.ts'

mutationTests({ inside: 2000, outside: 40 })
