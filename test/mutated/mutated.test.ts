import { mutationTests } from './mutation-tests.ts'

mutationTests({ inside: 150, outside: 5 })
