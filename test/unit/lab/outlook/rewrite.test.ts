import assert from 'node:assert/strict';
import { rewriteAddinPage, rewriteManifest, rewriteOutlookScript } from '../../../../lab/outlook/rewrite.ts';

describe('the lab’s Outlook: one origin', () => {
  it('office.js comes from the lab, whatever channel the page names, and behind it the bridge that newer copies bring', () => {
    for (const address of ['https://appsforoffice.microsoft.com/lib/1/hosted/office.js', '//appsforoffice.microsoft.com/lib/1.1/hosted/office.js', 'https://appsforoffice.microsoft.com/lib/beta/hosted/office.js']) {
      assert.equal(rewriteAddinPage(`<script src="${address}"></script>`), '<script src="/office/office.js"></script><script src="/office/nested-app-auth.js"></script>');
      assert.equal(rewriteAddinPage(`<script src=${address}></script>`), '<script src=/office/office.js></script><script src="/office/nested-app-auth.js"></script>');
    }
  });

  it('nothing else of a page changes', () => {
    const page = '<a href="https://appsforoffice.microsoft.com.evil.example/lib/1/hosted/">x</a><p>office.js</p>';
    assert.equal(rewriteAddinPage(page), page);
  });

  it('the manifest’s own host becomes the lab’s, other hosts and longer names stay', () => {
    const xml = [
      '<SupportUrl DefaultValue="https://help.example.com/support"/>',
      '<AppDomain>https://addin.example.com</AppDomain>',
      '<SourceLocation DefaultValue="https://addin.example.com/pane.html"/>',
      '<bt:Url DefaultValue="https://ADDIN.example.com/a?b#c"/>',
      '<bt:Url DefaultValue="https://addin.example.com.au/a"/>',
      '<Resource>api://addin.example.com/id</Resource>',
    ].join('\n');
    assert.equal(rewriteManifest(xml, 'https://localhost:8443'), [
      '<SupportUrl DefaultValue="https://help.example.com/support"/>',
      '<AppDomain>https://localhost:8443</AppDomain>',
      '<SourceLocation DefaultValue="https://localhost:8443/pane.html"/>',
      '<bt:Url DefaultValue="https://localhost:8443/a?b#c"/>',
      '<bt:Url DefaultValue="https://addin.example.com.au/a"/>',
      '<Resource>api://addin.example.com/id</Resource>',
    ].join('\n'));
  });

  it('a manifest for another port of localhost is moved, too', () => {
    const xml = '<SourceLocation DefaultValue="https://localhost:8443/a"/><X DefaultValue="https://localhost:84430/b"/>';
    assert.equal(rewriteManifest(xml, 'https://localhost:9000'), '<SourceLocation DefaultValue="https://localhost:9000/a"/><X DefaultValue="https://localhost:84430/b"/>');
  });

  it('a manifest without a host is refused', () => {
    assert.throws(() => rewriteManifest('<OfficeApp/>', 'https://localhost'), /no SourceLocation/);
  });

  it('Microsoft’s Ajax library is looked for at the lab', () => {
    assert.equal(rewriteOutlookScript('a="https:"+"//ajax.aspnetcdn.com/ajax/3.5/MicrosoftAjax.js";', 'localhost:1'), 'a="https:"+"//localhost:1/office/msajax-shim.js";');
  });
});
