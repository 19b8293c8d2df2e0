// What tests/access.py asks of a page: window.akses, each of its functions gives what is wrong, as texts.
(() => {
  const shown = (e) => e.checkVisibility({ visibilityProperty: true }) && e.getClientRects().length > 0;
  const named = (e) =>
    `${e.localName}.${e.getAttribute("class") ?? ""} "${(e.textContent ?? "").trim().slice(0, 40)}"`;
  const begin = (e) => e.outerHTML.slice(0, 120);

  // ------------------------------------------------------------------------------------------------------- colours
  const channels = (colour) => {
    const [r, g, b, a = 1] = colour.match(/[\d.]+/g).map(Number);
    return [r, g, b, a];
  };
  const over = ([r, g, b, a], below) => [r, g, b].map((v, n) => v * a + below[n] * (1 - a));
  const lightness = (rgb) => {
    const [r, g, b] = rgb.map((v) => (v / 255 <= 0.04045 ? v / 255 / 12.92 : ((v / 255 + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const contrast = (colour, below) => {
    const [dim, bright] = [over(channels(colour), below), below].map(lightness).sort((a, b) => a - b);
    return (bright + 0.05) / (dim + 0.05);
  };

  // The colour that is seen where an element has none of its own.
  function behind(e) {
    const layers = [];
    for (let at = e; at && layers.at(-1)?.[3] !== 1; at = at.parentElement) {
      layers.push(channels(getComputedStyle(at).backgroundColor));
    }
    return layers.reduceRight((below, layer) => over(layer, below), [255, 255, 255]);
  }

  // ---------------------------------------------------------------------------------------------------------- axe
  async function axeFinds(standards, part) {
    const asked = { resultTypes: ["violations"], runOnly: standards, preload: false };
    const { violations } = await asDrawn(() => axe.run(part || document, asked));
    return violations.flatMap((v) => v.nodes.map((n) => `${v.id} at ${n.target.join(" ")}: ${n.failureSummary}`));
  }

  // Where the system gives the colours, the browser tells of -webkit-text-fill-color what it would be without them; axe
  // asks for that before it asks for the colour, which is what is drawn.
  async function asDrawn(run) {
    const told = window.getComputedStyle;
    const drawn = (name) => (name === "-webkit-text-fill-color" ? "color" : name);
    const asDrawnBy = (style) =>
      new Proxy(style, {
        get: (_, key) => {
          if (key === "getPropertyValue") return (name) => style.getPropertyValue(drawn(name));
          const value = Reflect.get(style, key, style);
          return typeof value === "function" ? value.bind(style) : value;
        },
      });
    if (matchMedia("(forced-colors: active)").matches) window.getComputedStyle = (...of) => asDrawnBy(told(...of));
    try {
      return await run();
    } finally {
      window.getComputedStyle = told;
    }
  }

  function boxes() {
    const placed = [...document.querySelectorAll("*")].map((e) => {
      const { left, top, width, height } = e.getBoundingClientRect();
      return shown(e) ? [left + scrollX, top + scrollY, width, height].map(Math.round) : "";
    });
    return placed.join(" ");
  }

  function dress(rules) {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(rules);
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  }

  // axe does not judge text on a gradient; the shades at the ends of a frame that scrolls are no background of text.
  const withPlainFrames = () => dress(".gulir { background: var(--kertas) !important; }");

  // WCAG 1.4.12: a reader may space text so, and nothing may get lost.
  const space = () =>
    dress(`
      * { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important; }
      p { margin-bottom: 2em !important; }
    `);

  // --------------------------------------------------------------------------------------------------------- focus
  // What the Tab key should reach; a group of radio buttons is one stop.
  function reachable() {
    const groups = new Set();
    const candidates = "a[href], button, input, select, textarea, summary, [tabindex]";
    return [...document.querySelectorAll(candidates)].filter((e) => {
      if (e.disabled || e.tabIndex < 0 || !shown(e)) return false;
      if (e.type !== "radio") return true;
      const chosen = document.querySelector(`input[name="${e.name}"]:checked`) ?? e;
      return chosen === e && !groups.has(e.name) && groups.add(e.name);
    });
  }

  // Notes of each step of the focus whether it goes on in the order of reading ("on"), or where it goes, until it leaves
  // the page.
  const steps = [];
  function start() {
    document.activeElement?.blur();
    let before = null;
    document.addEventListener("focusin", ({ target }) => {
      const on = !before || before.compareDocumentPosition(target) & Node.DOCUMENT_POSITION_FOLLOWING;
      before = target;
      steps.push(on ? "on" : begin(target));
    });
    document.addEventListener("focusout", ({ relatedTarget }) => relatedTarget ?? steps.push("end"));
    return reachable().length;
  }

  const walked = () => (steps.includes("end") ? steps.slice(0, steps.indexOf("end")) : steps);

  // Focuses everything in turn, as the Tab key does.
  function unseenFocus() {
    return reachable().flatMap((e) => {
      e.focus();
      return [...faintRing(e), ...(inSight(e) ? [] : [`covered or out of sight: ${named(e)}`])];
    });
  }

  function faintRing(e) {
    const { outlineColor, outlineStyle, outlineWidth } = getComputedStyle(e);
    if (outlineStyle === "none" || parseFloat(outlineWidth) < 2) return [`no ring: ${named(e)}`];
    const found = contrast(outlineColor, behind(e.parentElement));
    return found < 3 ? [`ring ${found.toFixed(2)}: ${named(e)}`] : [];
  }

  function inSight(e) {
    const within = (from, to, room) => (Math.max(from, 1) + Math.min(to, room - 1)) / 2;
    return [...e.getClientRects()].some((r) => {
      const met = document.elementFromPoint(within(r.left, r.right, innerWidth), within(r.top, r.bottom, innerHeight));
      return met && (e.contains(met) || met.contains(e) || met.closest("label")?.contains(e));
    });
  }

  // ------------------------------------------------------------------------------------------------------ pictures
  function faintInPictures() {
    return [...document.querySelectorAll("svg.pohon")].filter(shown).flatMap((picture) => {
      const paper = behind(picture.parentElement);
      const lines = [...picture.querySelectorAll(".garis, .kotak > .latar")];
      const texts = [...picture.querySelectorAll(".kotak text")];
      return [
        ...lines.flatMap((line) => faint(line, getComputedStyle(line).stroke, paper, 3)),
        ...texts.flatMap((text) => faint(text, getComputedStyle(text).fill, below(text, paper), 4.5)),
      ];
    });
  }

  function faint(e, colour, ground, least) {
    if (colour === "none") return [];
    const found = contrast(colour, ground);
    return found < least ? [`${found.toFixed(2)}: ${named(e)} in ${named(e.closest(".kotak") ?? e)}`] : [];
  }

  // The colour of what lies below a text of a box.
  function below(text, paper) {
    const { left, right, top, bottom } = text.getBoundingClientRect();
    const holds = (r) => r.left <= left + 1 && right - 1 <= r.right && r.top <= top + 3 && bottom - 3 <= r.bottom;
    return [...text.closest(".kotak").querySelectorAll("rect, path")]
      .filter((e) => e.compareDocumentPosition(text) & Node.DOCUMENT_POSITION_FOLLOWING)
      .filter((e) => getComputedStyle(e).fill !== "none" && holds(e.getBoundingClientRect()))
      .reduce((ground, e) => over(channels(getComputedStyle(e).fill), ground), paper);
  }

  // -------------------------------------------------------------------------------------------------- room and rest
  // Boxes that cut off what does not fit, but for what is meant for the ear alone, pictures, which are moved about, and
  // the small image of a sheet of paper, whose text stands elsewhere on the page.
  const MOVED_ABOUT = ".gulir.gambar, .bingkai-lembar, .bingkai-lembar *";
  function cutOff() {
    const cuts = (how) => how === "hidden" || how === "clip";
    return [...document.querySelectorAll("body *")]
      .filter((e) => {
        const { overflowX, overflowY, clipPath } = getComputedStyle(e);
        if (e.closest("svg, .tersembunyi") || e.matches(MOVED_ABOUT) || clipPath !== "none" || !shown(e)) return false;
        const wide = cuts(overflowX) && e.scrollWidth > e.clientWidth + 1;
        return wide || (cuts(overflowY) && e.scrollHeight > e.clientHeight + 1);
      })
      .map(begin);
  }

  function sideways() {
    const room = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= room) return [];
    const wide = [...document.querySelectorAll("body *")].filter((e) => e.getBoundingClientRect().right > room + 1);
    return ["wider than the window", ...wide.filter((e) => !e.closest(".gulir *")).map(begin)];
  }

  function moving() {
    const parts = [null, "::before", "::after"];
    return [...document.querySelectorAll("*")].flatMap((e) =>
      parts.filter((part) => moves(getComputedStyle(e, part))).map((part) => `${named(e)}${part ?? ""}`),
    );
  }

  function moves({ transitionDuration, animationDuration, animationName, scrollBehavior }) {
    const durations = animationName === "none" ? transitionDuration : `${transitionDuration},${animationDuration}`;
    return scrollBehavior === "smooth" || durations.split(",").some((duration) => parseFloat(duration) > 0.01);
  }

  const questions = { axeFinds, boxes, withPlainFrames, space, start, walked, unseenFocus, faintInPictures };
  window.akses = { ...questions, cutOff, sideways, moving };
})();
