// Was changed after its last build.
export { default } from '../lamps.js'
