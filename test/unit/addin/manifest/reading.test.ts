import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { edit, remove, replaceAttribute, replaceText } from '../../../../addin/manifest/edit.ts';
import { readFacts } from '../../../../addin/manifest/facts.ts';
import { readPng } from '../../../../addin/manifest/png.ts';
import { attribute, child, encode, readXml, type Element } from '../../../../addin/manifest/xml.ts';
import { makePng } from './cases/png.ts';

function root(text: string): Element {
  const read = readXml(text);
  assert.ok(!('problem' in read));
  return read;
}

function first(element: Element): Element {
  const found = element.children[0];
  assert.ok(found);
  return found;
}

describe('manifest xml: places and values', () => {
  it('an element knows where it begins and ends, so that an edit hits it and nothing else', () => {
    const text = '<?xml version="1.0"?>\n<!-- <b>no</b> -->\n<a>\n  <b x="1"/>\n  <c>t</c>\n</a>\n';
    const { children } = root(text);
    assert.deepEqual(children.map(({ start, end }) => text.slice(start, end)), ['<b x="1"/>', '<c>t</c>']);
    assert.deepEqual(children.map(({ line }) => line), [4, 5]);
  });

  it('puts back named and numbered characters, and only those', () => {
    const element = root('<a b="&lt;&#65;&#x42;&amp;lt;&quot;">&gt;<![CDATA[&amp;]]></a>');
    assert.equal(attribute(element, 'b'), '<AB&lt;"');
    assert.match('problem' in readXml('<a>&nbsp;</a>') ? 'refused' : '', /refused/);
  });

  it('what it encodes it reads again', () => {
    for (const text of ['a & b', '<"\'>', '&amp;', 'ä😀']) assert.equal(attribute(root(`<a b="${encode(text)}"/>`), 'b'), text);
  });

  it('tells namespaces by their address, whatever the prefix', () => {
    const outer = root('<a xmlns="u" xmlns:i="http://www.w3.org/2001/XMLSchema-instance"><p:b xmlns:p="v" i:type="p:T"/></a>');
    assert.deepEqual([outer.space, first(outer).space, first(outer).type], ['u', 'v', 'T']);
  });

  it('an attribute called type is not the type of another namespace', () => {
    assert.equal(root('<a type="x"/>').type, '');
  });
});

describe('manifest edit: one place at a time', () => {
  it('an attribute in any kind of quotes, and not one that only ends alike', () => {
    const text = '<a MyId=\'1\' Id = "2>3"/>';
    assert.equal(edit(text, [replaceAttribute(text, root(text), 'Id', 'x"y')]), '<a MyId=\'1\' Id = "x&quot;y"/>');
  });

  it('text in full and in empty elements', () => {
    const text = '<a><b>1</b><p:c xmlns:p="u"/></a>';
    const { children } = root(text);
    assert.equal(edit(text, children.map((each) => replaceText(text, each, '<2>'))), '<a><b>&lt;2&gt;</b><p:c xmlns:p="u">&lt;2&gt;</p:c></a>');
  });

  it('an element with its line', () => {
    const text = '<a>\n  <b/>\n  <c/>\n</a>';
    const b = child(root(text), 'b');
    assert.ok(b);
    assert.equal(edit(text, [remove(text, b)]), '<a>\n  <c/>\n</a>');
  });
});

describe('manifest png: what a browser draws can be read', () => {
  it('in one colour, with every filter of the format', () => {
    const picture = readPng(makePng(25, [145, 144, 143, 200]));
    assert.deepEqual([picture?.width, picture?.height], [25, 25]);
    for (let at = 0; at < 25 * 25 * 4; at += 4) assert.deepEqual([...picture?.pixels.subarray(at, at + 4) ?? []], [145, 144, 143, 200]);
  });

  it('every icon of this project', async () => {
    const { icons } = await readFacts();
    assert.deepEqual([...icons].filter(([, file]) => !readPng(file)).map(([path]) => path), []);
  });

  it('nothing else: text, half a file, an image that claims to be huge', async () => {
    const whole = makePng(16, [1, 2, 3, 4]);
    assert.equal(readPng(await readFile(new URL(import.meta.url))), null);
    for (const length of [0, 8, 20, 40, whole.length - 40]) assert.equal(readPng(whole.subarray(0, length)), null, String(length));
    const huge = Buffer.from(whole);
    huge.writeUInt32BE(100_000, 16);
    assert.equal(readPng(huge), null);
  });
});
