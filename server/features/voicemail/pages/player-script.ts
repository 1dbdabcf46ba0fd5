/**
 * The one script of the voicemail page: what was played for two seconds, or to its end, is marked heard (ux.md section 2), as the button below does. Nothing breaks
 * without it. A secure page's form token lies in the page already.
 */
export const playerScript = `(function () {
  var sound = document.querySelector('audio[data-heard]');
  var token = document.querySelector('input[name=csrf]');
  if (!sound || !token || !window.fetch) return;
  var played = 0, last = null, told = false;
  function heard() {
    if (told) return;
    told = true;
    fetch(sound.getAttribute('data-heard'), { method: 'POST', credentials: 'same-origin', redirect: 'manual', keepalive: true, headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: 'csrf=' + encodeURIComponent(token.value) })
      .catch(function () { told = false; });
  }
  sound.addEventListener('timeupdate', function () {
    if (last !== null && sound.currentTime > last && sound.currentTime - last < 1) played += sound.currentTime - last;
    last = sound.currentTime;
    if (played >= 2) heard();
  });
  sound.addEventListener('ended', heard);
})();
`;
