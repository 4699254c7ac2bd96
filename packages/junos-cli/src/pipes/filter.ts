/** One stage of a pipe: lines in, lines out, nothing kept but what it must. */
export interface Filter {
  take(line: string, emit: (line: string) => void): void
  /** After the last line. */
  end?(emit: (line: string) => void): void
}

/** Filters one after the other as one. */
export function chain(filters: readonly Filter[]): Filter {
  const [first, ...others] = filters
  if (!first) return { take: (line, emit) => emit(line) }
  if (others.length === 0) return first
  const rest = chain(others)
  return {
    take: (line, emit) => first.take(line, between => rest.take(between, emit)),
    end(emit) {
      first.end?.(between => rest.take(between, emit))
      rest.end?.(emit)
    },
  }
}

export function matching(test: (line: string) => boolean): Filter {
  return {
    take(line, emit) {
      if (test(line)) emit(line)
    },
  }
}

/** Everything from the first line that matches. */
export function finding(test: (line: string) => boolean): Filter {
  let found = false
  return {
    take(line, emit) {
      found ||= test(line)
      if (found) emit(line)
    },
  }
}

export function counting(): Filter {
  let count = 0
  return {
    take() {
      count++
    },
    end: emit => emit(`Count: ${count} lines`),
  }
}

/** The last `size` lines, in a ring. */
export function lastOf(size: number): Filter {
  const ring: string[] = []
  let next = 0
  return {
    take(line) {
      ring[next] = line
      next = (next + 1) % size
    },
    end(emit) {
      for (const line of [...ring.slice(next), ...ring.slice(0, next)]) emit(line)
    },
  }
}

/** Lines without their first `columns` characters. */
export function trimming(columns: number): Filter {
  return { take: (line, emit) => emit([...line].slice(columns).join('')) }
}
