import assert from 'node:assert/strict';
import { asteriskConfig } from '../../../../../server/connectors/asterisk/index.ts';

const least = { type: 'asterisk', instance: 'pbx', ami: { host: 'pbx.example.com', username: 'tieline', secretEnv: 'AMI_SECRET' } };

describe('configuration of an Asterisk', () => {
  it('needs five words', () => {
    const read = asteriskConfig.parse(least);
    assert.deepEqual([read.ami.port, read.agi.port, read.agi.allow], [5038, 4573, ['127.0.0.1', '::1']]);
    assert.deepEqual(read.prompts.unknownCode, ['conf-invalid']);
    assert.equal(read.deadlines.actionMs, 5_000);
  });

  it('takes one sound or several, and none', () => {
    const read = asteriskConfig.parse({ ...least, prompts: { ended: 'tieline/ended', full: ['a', 'b/c'], goodbye: [] } });
    assert.deepEqual([read.prompts.ended, read.prompts.full, read.prompts.goodbye], [['tieline/ended'], ['a', 'b/c'], []]);
  });

  const wrong: [string, object, string][] = [
    ['an unknown key', { amy: 1 }, ''],
    ['a secret instead of the name of its variable', { ami: { ...least.ami, secretEnv: 'open sesame' } }, 'ami.secretEnv'],
    ['a user that could end its line', { ami: { ...least.ami, username: 'a\r\nSecret: b' } }, 'ami.username'],
    ['a port that is none', { ami: { ...least.ami, port: 70_000 } }, 'ami.port'],
    ['an empty list of who may ask', { agi: { allow: [] } }, 'agi.allow'],
    ['a name where an address must be', { agi: { allow: ['pbx.example.com'] } }, 'agi.allow.0'],
    ['a number that is not E.164', { dialIn: [{ country: 'GB', number: '020 7946 0400' }] }, 'dialIn.0.number'],
    ['a country that is none', { dialIn: [{ country: 'uk', number: '+442079460400' }] }, 'dialIn.0.country'],
    ['a sound outside the sounds', { prompts: { askCode: '../../etc/passwd' } }, 'prompts.askCode'],
    ['a sound that could be a second one', { prompts: { askCode: 'a&b' } }, 'prompts.askCode'],
    ['a format that could be a command', { prompts: { times: { en: { today: 'x"\nEXEC', later: 'HM' } } } }, 'prompts.times.en.today'],
    ['a profile that could be an argument', { profiles: { user: 'a,b' } }, 'profiles.user'],
    ['an instance that could be a path', { instance: 'a/b' }, 'instance'],
  ];
  for (const [what, change, path] of wrong) {
    it(`refuses ${what} and says where`, () => {
      const read = asteriskConfig.safeParse({ ...least, ...change });
      assert.equal(read.success, false);
      assert.equal(read.error?.issues[0]?.path.join('.'), path);
    });
  }
});
