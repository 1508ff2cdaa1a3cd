import { killTests } from '../chaos/kill-tests.ts'

killTests(6)
