/**
 * The one script of the list's page: it follows what the pane follows, and puts the list anew when something changed (ux.md section 2, *List*). The page itself is asked for, so there is
 * one place that draws it. Whoever stands on a message stays there. Hidden, it lets go of the stream; without it everything works, after a reload.
 */
export const listScript = `(function () {
  var list = document.querySelector('[data-live]');
  if (!list || !window.EventSource || !window.DOMParser) return;
  var source = null, told = {}, asking = false, again = false;
  function put(text) {
    var fresh = new DOMParser().parseFromString(text, 'text/html').querySelector('[data-live]');
    if (!fresh || fresh.innerHTML === list.innerHTML) return;
    var at = list.contains(document.activeElement) ? document.activeElement.getAttribute('href') : null;
    list.replaceChildren.apply(list, Array.from(fresh.childNodes));
    if (at === null) return;
    Array.from(list.querySelectorAll('a')).some(function (link) {
      if (link.getAttribute('href') !== at) return false;
      link.focus();
      return true;
    });
  }
  function look() {
    if (asking) { again = true; return; }
    asking = true;
    fetch(location.href, { credentials: 'same-origin', redirect: 'error' })
      .then(function (answer) { return answer.ok ? answer.text().then(put) : undefined; })
      .catch(function () {})
      .then(function () {
        asking = false;
        if (again) { again = false; look(); }
      });
  }
  function listen() {
    if (document.hidden || source) return;
    told = {};
    source = new EventSource('/api/v1/live?' + list.getAttribute('data-live'));
    source.addEventListener('state', function (event) {
      var topic = JSON.parse(event.data).topic;
      // The page is older than the beginning of the stream: looked at once then, and after each gap.
      if (told[topic] !== event.data) look();
      told[topic] = event.data;
    });
  }
  document.addEventListener('visibilitychange', function () {
    if (!document.hidden) return listen();
    if (source) source.close();
    source = null;
  });
  listen();
})();
`;
