import { chaosOnEtcd, chaosOnLab } from '../chaos/trials.ts'

chaosOnEtcd(600)
chaosOnLab(300)
