import sax, { type QualifiedAttribute, type SAXOptions } from 'sax'
import type { XmlElement } from './element.ts'

/** An element as it was read: its name and those of its attributes without their prefixes. */
export interface ReadElement extends XmlElement {
  readonly attributes: Readonly<Record<string, string>>
  readonly children: readonly ReadElement[]
  /** As it stands, space and all; undefined where there are children. */
  readonly text?: string
  /** Where its start tag ends: both from 1. */
  readonly line: number
  readonly column: number
}

/** What cannot be read. Where: both from 1. */
export class XmlError extends Error {
  override readonly name = 'XmlError'
  readonly line: number
  readonly column: number

  constructor(message: string, line: number, column: number) {
    super(message)
    this.line = line
    this.column = column
  }
}

/** Elements inside of each other; more are refused. */
const maximumDepth = 1000
/** Elements in all. */
const maximumElements = 10_000_000

/**
 * The root element of a document, or of a fragment that has one. Comments and processing instructions are passed over. A document type
 * is refused, and with it every entity but XML's own five: nothing is ever expanded or fetched. Prefixes need no declaration, as
 * programs that talk to routers often have none. Throws {@link XmlError}.
 */
export function readXml(text: string): ReadElement {
  const reader = new ElementReader()
  reader.read(text)
  return reader.end()
}

type Growing = Omit<ReadElement, 'children' | 'text'> & { children: ReadElement[]; text?: string }

/** Its types don't know `strictEntities`: the entities of HTML are none of XML's. */
const options: SAXOptions = Object.assign({ position: true }, { strictEntities: true })

class ElementReader {
  readonly #parser = new sax.SAXParser(true, options)
  readonly #open: Growing[] = []
  #root: ReadElement | undefined
  #count = 0

  constructor() {
    const parser = this.#parser
    parser.onerror = error => this.#fail(error.message.split('\n', 1)[0]!)
    parser.ondoctype = () => this.#fail('a document type is not allowed')
    parser.onopentag = ({ name, attributes }) => this.#start(name, attributes)
    parser.ontext = text => this.#text(text)
    parser.oncdata = text => this.#text(text)
    parser.onclosetag = () => this.#close()
  }

  read(text: string): void {
    this.#parser.write(text)
  }

  end(): ReadElement {
    this.#parser.close()
    if (!this.#root) this.#fail('there is no element')
    return this.#root
  }

  #start(name: string, attributes: Record<string, string | QualifiedAttribute>): void {
    if (this.#root) this.#fail('there is more than one element')
    if (this.#open.length >= maximumDepth)
      this.#fail(`there are more than ${maximumDepth} elements inside of each other`)
    if (++this.#count > maximumElements) this.#fail(`there are more than ${maximumElements} elements`)
    this.#open.push({
      name: localName(name),
      attributes: localAttributes(attributes),
      children: [],
      text: '',
      ...this.#here(),
    })
  }

  #text(text: string): void {
    const inside = this.#open.at(-1)
    if (!inside) return
    if (inside.text !== undefined) inside.text += text
    else if (/\S/.test(text)) this.#mixed(inside)
  }

  #close(): void {
    const closed = this.#open.pop()!
    const around = this.#open.at(-1)
    if (around) this.#add(around, closed)
    else this.#root = closed
  }

  #add(around: Growing, closed: ReadElement): void {
    if (around.text && /\S/.test(around.text)) this.#mixed(around)
    delete around.text
    around.children.push(closed)
  }

  #mixed({ name }: ReadElement): never {
    this.#fail(`text between the elements of <${name}>`)
  }

  #here(): { line: number; column: number } {
    return { line: this.#parser.line + 1, column: this.#parser.column }
  }

  #fail(message: string): never {
    const { line, column } = this.#here()
    throw new XmlError(message, line, column)
  }
}

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1)
}

/** Declarations of namespaces are left out. */
function localAttributes(attributes: Record<string, string | QualifiedAttribute>): Record<string, string> {
  const local: Record<string, string> = Object.create(null)
  for (const [name, value] of Object.entries(attributes)) {
    if (name !== 'xmlns' && !name.startsWith('xmlns:')) local[localName(name)] = String(value)
  }
  return local
}
