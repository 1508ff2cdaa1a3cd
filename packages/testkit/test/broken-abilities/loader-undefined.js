// Leaves a key in the experiment that JSON does not have.
import { houseWith, loadPlan, plan } from './house.js'

/** @param {string} file */
const load = async (file) => ({ ...(await loadPlan(file)), rollbacks: undefined })
export default houseWith({ loaders: { '.plan': { ...plan, load } } })
