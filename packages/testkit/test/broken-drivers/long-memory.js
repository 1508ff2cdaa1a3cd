// Never forgets which lamps it has put out.
import { dim, driverWith, everDarkened } from './lamps.js'

export default driverWith({ activities: { darken: dim }, residue: async () => everDarkened() })
