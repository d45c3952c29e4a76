/** A map that forgets what was set longest ago, so that strangers cannot make it grow for ever. */
export class BoundedMap<Value> {
  readonly #entries = new Map<string, Value>()
  /** Is in its place already when it is set again, as it is by all calls of one caller. */
  #newest: string | undefined
  readonly #most: number

  constructor(most: number) {
    this.#most = most
  }

  get size(): number {
    return this.#entries.size
  }

  values(): Iterable<Value> {
    return this.#entries.values()
  }

  get(key: string): Value | undefined {
    return this.#entries.get(key)
  }

  set(key: string, value: Value): void {
    if (key !== this.#newest) this.#entries.delete(key)
    this.#newest = key
    this.#entries.set(key, value)
    if (this.#entries.size <= this.#most) return
    for (const oldest of this.#entries.keys()) {
      this.#entries.delete(oldest)
      break
    }
  }

  delete(key: string): void {
    this.#entries.delete(key)
  }
}
