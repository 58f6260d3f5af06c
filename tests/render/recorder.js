// Runs before anything else of a page of pieces: notes what is executed, clicks and pokes everything, and reports.
// NUMBER and MARKS are put in by browser.py.  What a page can overwrite by the names of its elements is taken first.
(() => {
  const hits = [], hit = what => hits.push(String(what).slice(0, 200));
  const driver = window.parent, later = window.setTimeout.bind(window);
  const all = Document.prototype.querySelectorAll.bind(document);
  const of = (kind, name) => {
    const get = Object.getOwnPropertyDescriptor(kind.prototype, name).get;
    return element => get.call(element);
  };
  const attributes = of(Element, 'attributes'), tag = of(Element, 'tagName'), above = of(Node, 'parentNode');
  const {dispatchEvent} = EventTarget.prototype, {closest, getAttribute} = Element.prototype;

  for (const name of ['alert', 'confirm', 'prompt', 'print', 'open']) window[name] = () => hit(`call ${name}`);
  addEventListener('error', event => {
    // the browser's own players resize themselves and say so here
    if (event.message && !event.message.startsWith('ResizeObserver loop')) hit(`error ${event.message}`);
  });
  addEventListener('securitypolicyviolation', event => {
    if (event.effectiveDirective.startsWith('script-src'))
      hit(`${event.effectiveDirective} ${event.blockedURI} ${event.sample}`);
  });

  const runs = /^(javascript|vbscript|data|blob|filesystem|view-source):/i;
  const address = link => String(link.href?.baseVal ?? link.href ?? '').trim();
  addEventListener('click', event => {
    const link = event.target instanceof Element && closest.call(event.target, 'a, area');
    if (!link) return;
    if (runs.test(address(link))) hit(`address ${address(link)}`);
    if (!/^javascript:/i.test(address(link))) event.preventDefault();
  }, true);
  addEventListener('submit', event => {
    const action = String(getAttribute.call(event.target, 'action') ?? '').trim();
    if (runs.test(action)) hit(`action ${action}`); else event.preventDefault();
  }, true);

  const EVENTS = {
    MouseEvent: ['mouseover', 'mouseenter', 'mousemove', 'mousedown', 'mouseup', 'mouseout', 'dblclick'],
    FocusEvent: ['focus', 'blur', 'focusin'],
    KeyboardEvent: ['keydown', 'keyup', 'keypress'],
    Event: ['load', 'error', 'toggle', 'input', 'change', 'scroll', 'wheel', 'copy', 'animationstart'],
  };
  const kinds = Object.fromEntries(Object.keys(EVENTS).map(kind => [kind, window[kind]]));
  const poke = element => {
    const name = tag(element).toUpperCase();
    if (/^(IFRAME|FRAME|EMBED|APPLET|BASE|PORTAL)$/.test(name) || (name === 'OBJECT' && element.data))
      hit(`element ${name}`);
    for (const {name: handler, value} of attributes(element))
      if (/^on/i.test(handler)) hit(`handler ${handler}=${value}`);
    for (const [kind, names] of Object.entries(EVENTS))
      for (const event of names)
        dispatchEvent.call(element, new kinds[kind](event, {bubbles: false, cancelable: true}));
    if (/^(A|AREA|BUTTON|SUMMARY|LABEL|INPUT)$/.test(name) && element instanceof HTMLElement)
      HTMLElement.prototype.click.call(element);
    else if (name === 'A')
      dispatchEvent.call(element, new kinds.MouseEvent('click', {bubbles: true, cancelable: true}));
    (element instanceof HTMLElement ? HTMLElement : SVGElement).prototype.focus?.call(element);
  };
  const pokeAll = () => {
    for (const element of all('body, body *'))
      try { poke(element); } catch (problem) { if (!(problem instanceof TypeError)) hit(`problem ${problem}`); }
  };
  const report = () => {
    // a piece that swallows or encloses the next ones is to be seen alone
    const marks = [...all('[data-mark]')];
    const whole = marks.length === MARKS && marks.every(mark => above(mark) === document.body);
    driver.postMessage({number: NUMBER, hits, whole}, '*');
  };
  let begun = false;
  const begin = () => {
    if (begun) return;
    begun = true;
    later(() => { pokeAll(); later(report, 40); }, 0);
  };
  addEventListener('load', begin);
  document.addEventListener('DOMContentLoaded', () => later(begin, 600));
})();
