import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { element, type XmlElement } from './element.ts'
import { type ReadElement, readXml, XmlError } from './read.ts'
import { renderXml } from './write.ts'

describe('reading XML', () => {
  it('drops prefixes, declarations, comments and instructions', () => {
    const root = readXml(
      '<?xml version="1.0"?><!-- a --><nc:rpc xmlns:nc="urn:x" nc:message-id="1">\n <a junos:x="&lt;"/><b><![CDATA[<&]]>&#65;</b></nc:rpc>',
    )
    expect(plain(root)).toEqual(
      element('rpc', [element('a', '', { x: '<' }), element('b', '<&A')], { 'message-id': '1' }),
    )
    expect(root.children.map(({ line, column }) => [line, column])).toEqual([
      [2, 20],
      [2, 23],
    ])
  })

  it.each([
    ['', 'there is no element'],
    ['text', 'Non-whitespace before first tag'],
    ['<a>', 'Unclosed root tag'],
    ['<a></b>', 'Unexpected close tag'],
    ['<a/><b/>', 'more than one element'],
    ['<a>x<b/></a>', 'text between the elements of <a>'],
    ['<a><b/>x</a>', 'text between the elements of <a>'],
    ['<a>&x;</a>', 'Invalid character entity'],
    ['<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>', 'a document type is not allowed'],
    ['<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>', 'a document type is not allowed'],
    [`${'<a>'.repeat(1001)}${'</a>'.repeat(1001)}`, 'more than 1000 elements inside of each other'],
  ])('refuses, %#', (text, message) => {
    expect(() => readXml(text)).toThrow(message)
    expect(() => readXml(text)).toThrow(XmlError)
  })

  it('reads what is written', () => {
    const name = fc.stringMatching(/^[a-z][a-z0-9-]{0,8}$/)
    const attributes = fc.dictionary(name, fc.string({ unit: 'grapheme' }), { maxKeys: 2, noNullPrototype: true })
    const { tree } = fc.letrec<{ tree: XmlElement }>(tie => ({
      tree: fc.oneof(
        { maxDepth: 4 },
        fc.tuple(name, fc.string({ unit: 'grapheme' }), attributes).map(([one, text, of]) => element(one, text, of)),
        fc
          .tuple(name, fc.array(tie('tree'), { minLength: 1, maxLength: 3 }), attributes)
          .map(([one, inner, of]) => element(one, inner, of)),
      ),
    }))
    fc.assert(
      fc.property(tree, written => {
        expect(plain(readXml(renderXml(written)))).toEqual(asRead(written))
      }),
    )
  })

  it('ends in an element or an error, whatever comes', () => {
    const piece = fc.constantFrom(
      '<',
      '>',
      '/',
      'a',
      ' ',
      '=',
      '"',
      '&',
      ';',
      '<!',
      '<![CDATA[',
      ']]>',
      '<!--',
      '-->',
      '<?',
      '?>',
      '\0',
      'é',
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), pieces => {
        try {
          expect(readXml(pieces.join('')).name).toBeTypeOf('string')
        } catch (error) {
          expect(error).toBeInstanceOf(XmlError)
        }
      }),
    )
  })
})

/** Without places, and text where there are no children. */
function plain({ name, attributes, children, text }: ReadElement): XmlElement {
  const of = Object.keys(attributes).length > 0 ? { ...attributes } : undefined
  if (children.length > 0) return element(name, children.map(plain), of)
  return element(name, text ?? [], of)
}

/** An element with nothing in it has an empty text. */
function asRead({ name, attributes, children, text }: XmlElement): XmlElement {
  const of = attributes && Object.keys(attributes).length > 0 ? attributes : undefined
  return element(name, children ? children.map(asRead) : (text ?? ''), of)
}
