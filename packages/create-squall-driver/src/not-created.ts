/** Why no driver was made, in words for the person who asked for it. */
export class NotCreated extends Error {
  override readonly name = 'NotCreated'
}
