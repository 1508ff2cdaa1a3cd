import { chaosOnEtcd, chaosOnLab } from '../chaos/trials.ts'

chaosOnEtcd(90)
chaosOnLab(60)
