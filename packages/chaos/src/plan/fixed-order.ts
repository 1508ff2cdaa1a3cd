/** Sorts by texts, compared by their code units: the same order on every machine (4.6). What is sorted is not copied. */
export function inFixedOrder<Item>(
  items: readonly Item[],
  ...keys: readonly ((item: Item) => string)[]
): readonly Item[] {
  const compare = (a: Item, b: Item): number => {
    for (const key of keys) {
      const left = key(a)
      const right = key(b)
      if (left !== right) return left < right ? -1 : 1
    }
    return 0
  }
  const isSorted = items.every((item, at) => at === 0 || compare(items[at - 1] as Item, item) <= 0)
  return isSorted ? items : items.toSorted(compare)
}
