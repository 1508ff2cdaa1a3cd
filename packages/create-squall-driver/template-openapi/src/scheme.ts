/** A way in, and the names of the secrets it takes. */
export type Scheme =
  | { readonly type: 'bearer'; readonly secrets: readonly [string] }
  | { readonly type: 'basic'; readonly secrets: readonly [string, string] }
  | {
      readonly type: 'apiKey'
      readonly in: string
      readonly name: string
      readonly secrets: readonly [string]
    }
