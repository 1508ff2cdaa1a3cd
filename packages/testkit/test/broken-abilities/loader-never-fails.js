// Reads an experiment from everything.
import { houseWith, loadPlan, plan } from './house.js'

/** @param {string} file */
const load = (file) => loadPlan(file).catch(() => ({ title: '', method: [] }))
export default houseWith({ loaders: { '.plan': { ...plan, load } } })
